using System.Reflection;
using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace Google.Cloud.Functions.Hosting.Targets;

/// <summary>The function class that this process serves.</summary>
internal sealed record FunctionTarget(Type Type)
{
    /// <summary>The class the configuration names, or else the only one there is.</summary>
    /// <exception cref="ArgumentException">None is named and there is not exactly one.</exception>
    /// <exception cref="InvalidOperationException">The named one does not exist.</exception>
    internal static FunctionTarget Find(IConfiguration configuration, Assembly assembly)
    {
        if (FunctionsFrameworkOptions.Read(configuration).FunctionTarget is { } name)
            return new(assembly.GetType(name) ?? throw new InvalidOperationException($"Can't load specified function type '{name}'"));

        var all = Candidates(assembly);
        return all.Count switch
        {
            1 => new(all[0]),
            0 => throw new ArgumentException($"No function class in assembly {assembly.GetName().Name}: a function is a public or internal class that implements {nameof(IHttpFunction)}."),
            _ => throw new ArgumentException($"Several function classes in assembly {assembly.GetName().Name}: {string.Join(", ", all.Select(t => t.FullName))}. "
                + $"Name one in {EntryPoint.FunctionTargetEnvironmentVariable} or on the command line."),
        };
    }

    /// <summary>The same before the configuration is complete: null where it does not name a class yet.</summary>
    internal static FunctionTarget? Guess(IConfiguration configuration, Assembly assembly)
    {
        var name = FunctionsFrameworkOptions.Read(configuration).FunctionTarget;
        var type = name is not null ? assembly.GetType(name) : Candidates(assembly) is [var only] ? only : null;
        return type is null ? null : new(type);
    }

    private static List<Type> Candidates(Assembly assembly) => assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false, IsGenericType: false } && t.IsAssignableTo(typeof(IHttpFunction)))
        .OrderBy(t => t.FullName, StringComparer.Ordinal)
        .ToList();
}
