using System.Reflection;

namespace Google.Cloud.Functions.Hosting;

/// <summary>Names a <see cref="FunctionsStartup"/> for one function class, or for every function of an assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class, AllowMultiple = true)]
#pragma warning disable CA1813, CA1019 // The package's attribute is not sealed and its StartupType can be set: signatures are what this project is for.
public class FunctionsStartupAttribute : Attribute
#pragma warning restore CA1813, CA1019
{
    /// <summary>Names a startup class.</summary>
    /// <param name="startupType">A class that derives from <see cref="FunctionsStartup"/>.</param>
    public FunctionsStartupAttribute(Type startupType) => StartupType = startupType;

    /// <summary>The startup class.</summary>
    public Type StartupType { get; set; }

    /// <summary>Startups run from the lowest order to the highest; those of the same order by full name.</summary>
    public int Order { get; set; }

    /// <summary>The startup classes of an assembly and, if there is one, of a function class, in the order in which they run.</summary>
    public static IEnumerable<Type> GetStartupTypes(Assembly assembly, Type? target)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var named = assembly.GetCustomAttributes<FunctionsStartupAttribute>();
        if (target is not null) named = named.Concat(target.GetCustomAttributes<FunctionsStartupAttribute>());
        return named.OrderBy(a => a.Order).ThenBy(a => a.StartupType.FullName, StringComparer.Ordinal).Select(a => a.StartupType);
    }
}
