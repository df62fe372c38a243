using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.OData;

/// <summary>A filter that has been read.</summary>
/// <param name="Matches">Whether a row is one of those asked for.</param>
/// <param name="Operators">All operators and functions in it, in lower case.</param>
/// <param name="Paths">All properties that it looks at, as they are spelled.</param>
internal sealed record Filter(Func<JsonObject, bool> Matches, IReadOnlySet<string> Operators, IReadOnlySet<string> Paths)
{
    /// <exception cref="FilterException">It is not a filter.</exception>
    public static Filter Parse(string text) => new FilterParser(text).Parse();
}
