using System.Collections.Immutable;

namespace Psoxy.Classification;

/// <summary>Where an object stands in what a connector's endpoint returns.</summary>
/// <param name="Connector">Its id.</param>
/// <param name="Steps">Segments of the endpoint's path, then the properties that lead to the object; arrays and the <c>value</c> of a page not counted.</param>
/// <param name="Flags">Flags of the rules file that are on.</param>
public sealed record Place(string Connector, ImmutableArray<string> Steps, ImmutableHashSet<string> Flags)
{
    /// <summary>The place of an endpoint's entity.</summary>
    /// <param name="connector">The connector's id.</param>
    /// <param name="endpoint">The endpoint's path.</param>
    /// <param name="flags">Flags that are on.</param>
    public static Place Of(string connector, string endpoint, ImmutableHashSet<string> flags)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new(connector, [.. endpoint.Split('/', StringSplitOptions.RemoveEmptyEntries)], flags);
    }

    /// <summary>The place of the object that a property holds.</summary>
    /// <param name="property">Its name.</param>
    public Place In(string property) => this with { Steps = Steps.Add(property) };

    /// <summary>Whether the place ends so.</summary>
    /// <param name="suffix">One or more steps, joined by slashes.</param>
    public bool EndsWith(string suffix)
    {
        ArgumentNullException.ThrowIfNull(suffix);
        var steps = suffix.Split('/');
        return steps.Length <= Steps.Length && steps.AsSpan().SequenceEqual(Steps.AsSpan()[^steps.Length..]);
    }
}
