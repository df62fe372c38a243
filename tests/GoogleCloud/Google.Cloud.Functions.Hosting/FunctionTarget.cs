using System.Reflection;
using Google.Cloud.Functions.Framework;

namespace Google.Cloud.Functions.Hosting;

/// <summary>Finds the function class that FUNCTION_TARGET names.</summary>
internal static class FunctionTarget
{
    public static Type Find(Assembly assembly, string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            var named = assembly.GetType(name) ?? throw new InvalidOperationException($"Can't load specified function type '{name}'");
            return IsFunction(named) ? named : throw new InvalidOperationException($"Function type '{named.FullName}' doesn't implement a supported function interface.");
        }

        var all = assembly.GetTypes().Where(IsFunction).ToList();
        return all.Count switch
        {
            1 => all[0],
            0 => throw new ArgumentException("No valid Cloud Function types found."),
            _ => throw new ArgumentException($"Multiple Cloud Function types found: {string.Join(", ", all.Select(type => type.FullName))}. Please specify a function target."),
        };
    }

    private static bool IsFunction(Type type) => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IHttpFunction).IsAssignableFrom(type);
}
