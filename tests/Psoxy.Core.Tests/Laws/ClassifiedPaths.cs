using System.Collections.Immutable;
using Psoxy.Classification;
using Psoxy.Core.Gate;

namespace Psoxy.Core.Tests.Laws;

/// <summary>What the classification says of each path of what an endpoint answers, whatever its rules do.</summary>
internal sealed class ClassifiedPaths
{
    private readonly Dictionary<string, PropertyTreatment> _properties = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _objects = new(StringComparer.Ordinal);
    private readonly Place _place;
    private readonly bool _isPage;

    public ClassifiedPaths(ConnectorCase of)
    {
        _place = Place.Of(of.Connector.Id, of.Endpoint.Name, of.Variant.Flags);
        _isPage = of.Declared.IsCollection;
        foreach (var walked in of.Walk)
        {
            _objects[Key([.. of.Root, .. walked.Path])] = walked.Place;

            // Where kinds judge one path in two ways, which another test forbids, the stricter counts.
            foreach (var property in walked.Properties.OrderByDescending(each => each.Judgement.Treatment))
                _properties[Key([.. of.Root, .. property.Path])] = property.Judgement.Treatment;
        }

        if (_isPage) _properties["value"] = PropertyTreatment.Kept;
    }

    public static GraphClassification Classification { get; } = GraphClassification.Read();

    /// <summary>What happens at a path; what nobody classified is dropped.</summary>
    /// <param name="path">Names from the response inwards, arrays not counted.</param>
    public PropertyTreatment Of(ImmutableArray<string> path)
    {
        var (parent, name) = (path[..^1], path[^1]);
        if (parent is [.., "@removed"]) return name == "reason" ? Of(parent) : PropertyTreatment.Dropped;
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0) return _properties.GetValueOrDefault(Key(path));
        var annotations = Classification.Annotations;
        if (parent.IsEmpty && _isPage) return annotations.Page.TryGetValue(name, out var page) ? page.Of(_place).Treatment : PropertyTreatment.Dropped;
        if (!_objects.TryGetValue(Key(parent), out var place)) return PropertyTreatment.Dropped;
        return (at == 0 ? annotations.Entity : annotations.Property).TryGetValue(name[at..], out var annotation) ? annotation.Of(place).Treatment : PropertyTreatment.Dropped;
    }

    private static string Key(IEnumerable<string> path) => string.Join('/', path);
}
