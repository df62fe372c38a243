namespace Psoxy.Emulator.Graph.Routing;

/// <summary>All endpoints; the first whose template fits answers.</summary>
internal sealed class RouteTable(params IEnumerable<Route> routes)
{
    public IReadOnlyList<Route> Routes { get; } = [.. routes];

    /// <param name="path">Below the version.</param>
    /// <exception cref="GraphErrorException">Nothing is there.</exception>
    public (Route Route, IReadOnlyDictionary<string, string> Captured) Find(string path)
    {
        var segments = PathTemplate.Split(path);
        foreach (var route in Routes)
            if (route.Path.Match(segments) is { } captured) return (route, captured);
        throw new GraphErrorException(400, "BadRequest", "Resource not found for the segment 'Kanarie'.");
    }
}
