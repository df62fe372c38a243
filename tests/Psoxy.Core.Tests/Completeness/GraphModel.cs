using System.Reflection;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Serialization;

namespace Psoxy.Core.Tests.Completeness;

/// <summary>Graph's types as the Microsoft.Graph package knows them.</summary>
internal static class GraphModel
{
    private const string Root = "Microsoft.Graph.Models";

    private static readonly Dictionary<string, Type> Types = typeof(User).Assembly.GetTypes()
        .Where(type => type.IsClass && typeof(IParsable).IsAssignableFrom(type) && type.Namespace!.StartsWith(Root, StringComparison.Ordinal))
        .ToDictionary(Name);

    private static readonly ILookup<Type, Type> ByBase = Types.Values.ToLookup(type => type.BaseType!);

    public static bool Has(string type) => Types.ContainsKey(type);

    public static string? Base(string type) => Types[type].BaseType is { } parent && Types.ContainsValue(parent) ? Name(parent) : null;

    /// <summary>All types that are built on this one.</summary>
    public static IEnumerable<string> Below(string type) => ByBase[Types[type]].Select(Name).SelectMany(kind => Below(kind).Prepend(kind));

    /// <summary>The JSON properties that the type has beyond its base, each with the name of its type if that has properties itself. No annotations.</summary>
    public static SortedDictionary<string, string?> Own(string type)
    {
        var own = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        var inherited = Base(type) is { } parent ? JsonNames(parent) : [];
        foreach (var name in JsonNames(type).Except(inherited)) own[name] = Complex(Member(Types[type], name).PropertyType);
        return own;
    }

    // What the type can read is exactly what Graph's metadata says it has. AdditionalData and BackingStore are the package's own and not among them.
    private static IEnumerable<string> JsonNames(string type) =>
        ((IParsable)Activator.CreateInstance(Types[type])!).GetFieldDeserializers().Keys.Where(name => !name.StartsWith('@'));

    // organizer_v2 is OrganizerV2, and a name that C# or the package needs itself has a suffix.
    private static PropertyInfo Member(Type type, string json)
    {
        var plain = Letters(json);
        return type.GetProperties().FirstOrDefault(property => Letters(property.Name).Equals(plain, StringComparison.OrdinalIgnoreCase))
            ?? type.GetProperties().FirstOrDefault(property => Letters(property.Name).Equals(plain + "Prop", StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"{type.Name} reads '{json}' into no property that this test finds.");
    }

    private static string? Complex(Type type)
    {
        var item = type.IsGenericType ? type.GetGenericArguments()[0] : type;
        return Types.ContainsValue(item) ? Name(item) : null;
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    private static string Name(Type type) => string.Join('.', type.FullName![(Root.Length + 1)..].Split('.').Select(part => char.ToLowerInvariant(part[0]) + part[1..]));
}
