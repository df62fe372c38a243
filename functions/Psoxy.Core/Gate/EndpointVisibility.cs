using System.Collections.Concurrent;
using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>One endpoint's <see cref="PropertyVisibility"/>, remembered: clients ask for the same few properties again and again. Thread-safe and bounded.</summary>
internal sealed class EndpointVisibility(Endpoint endpoint)
{
    private const int MaxRemembered = 256;
    private readonly ConcurrentDictionary<(string Path, bool Whole), PropertyTreatment> _remembered = new();

    public bool HasSchema => endpoint.ResponseSchema is not null;

    /// <inheritdoc cref="PropertyVisibility.Of(Endpoint, ImmutableArray{string})"/>
    public PropertyTreatment Of(ImmutableArray<string> path) => Remembered(path, whole: false);

    /// <inheritdoc cref="PropertyVisibility.OfWhole(Endpoint, ImmutableArray{string})"/>
    public PropertyTreatment OfWhole(ImmutableArray<string> path) => Remembered(path, whole: true);

    // Names of properties hold no slash.
    private PropertyTreatment Remembered(ImmutableArray<string> path, bool whole)
    {
        var key = (path.Length == 1 ? path[0] : string.Join('/', path), whole);
        if (_remembered.TryGetValue(key, out var known)) return known;
        var treatment = whole ? PropertyVisibility.OfWhole(endpoint, path) : PropertyVisibility.Of(endpoint, path);
        if (_remembered.Count < MaxRemembered) _remembered.TryAdd(key, treatment);
        return treatment;
    }
}
