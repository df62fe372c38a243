using System.Reflection;

namespace Google.Cloud.Functions.Hosting;

/// <summary>Names a startup, on the assembly or on a function class.</summary>
/// <param name="startupType">A <see cref="FunctionsStartup"/> with a public constructor that takes nothing.</param>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class, AllowMultiple = true)]
public sealed class FunctionsStartupAttribute(Type startupType) : Attribute
{
    /// <summary>The startup.</summary>
    public Type StartupType { get; set; } = startupType;

    /// <summary>Lower ones run first; equal ones by full name.</summary>
    public int Order { get; set; }

    /// <summary>The startups of an assembly and of a function class, in the order in which they run.</summary>
    /// <param name="assembly">Whose attributes.</param>
    /// <param name="target">The function class, or <c>null</c>.</param>
    public static IEnumerable<Type> GetStartupTypes(Assembly assembly, Type? target) => assembly
        .GetCustomAttributes<FunctionsStartupAttribute>()
        .Concat(target?.GetCustomAttributes<FunctionsStartupAttribute>() ?? [])
        .OrderBy(attribute => attribute.Order)
        .ThenBy(attribute => attribute.StartupType.FullName, StringComparer.Ordinal)
        .Select(attribute => attribute.StartupType);
}
