using System.Collections.Immutable;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Cli.Rules;

/// <summary>One property of an answer.</summary>
/// <param name="Path">Names from the root, joined by slashes, arrays not counted.</param>
/// <param name="Name">The last name.</param>
/// <param name="Depth">From 0.</param>
/// <param name="Treatment">What the rules do to it.</param>
internal readonly record struct PropertyLine(string Path, string Name, int Depth, PropertyTreatment Treatment);

/// <summary>The properties that an endpoint's rules know, by allow-list or transform, as a tree.</summary>
internal static class PropertyTree
{
    // Schemas may contain themselves, as a manager is a user.
    private const int MaxDepth = 8;

    public static ImmutableArray<PropertyLine> Of(Endpoint endpoint)
    {
        var lines = ImmutableArray.CreateBuilder<PropertyLine>();
        if (endpoint.ResponseSchema is { } schema) Walk(endpoint, schema, [], [], lines);
        else foreach (var path in Named(endpoint)) lines.Add(new(string.Join('/', path), path[^1], 0, PropertyVisibility.At(endpoint, path)));
        return lines.ToImmutable();
    }

    private static void Walk(Endpoint endpoint, ResponseSchema schema, ImmutableArray<string> path, ImmutableArray<ResponseSchema> around, ImmutableArray<PropertyLine>.Builder lines)
    {
        if (around.Contains(schema) || path.Length > MaxDepth) return;
        around = around.Add(schema);
        if (schema.Items is { } items) Walk(endpoint, items, path, around, lines);
        foreach (var alternative in schema.AnyOf) Walk(endpoint, alternative.Then, path, around, lines);
        foreach (var (name, property) in schema.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            var inner = path.Add(name);
            lines.Add(new(string.Join('/', inner), name, path.Length, PropertyVisibility.At(endpoint, inner)));
            Walk(endpoint, property, inner, around, lines);
        }
    }

    private static IEnumerable<ImmutableArray<string>> Named(Endpoint endpoint) => endpoint.Transforms
        .SelectMany(transform => transform.JsonPaths)
        .Select(path => path.Steps.OfType<PropertyStep>().Select(step => step.Names[0]).ToImmutableArray())
        .Where(path => !path.IsEmpty)
        .DistinctBy(path => string.Join('/', path))
        .OrderBy(path => string.Join('/', path), StringComparer.Ordinal);
}
