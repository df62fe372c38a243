using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.Routing;

/// <summary>An endpoint: where, for whom, and what it answers.</summary>
/// <param name="Workload">The service that answers.</param>
/// <param name="Template">Path below the version; placeholders in braces.</param>
/// <param name="AnyOf">The application permissions, any of which is enough.</param>
/// <param name="Answer">What it answers.</param>
internal sealed record Route(Workload Workload, string Template, IReadOnlyList<string> AnyOf, Func<GraphRequest, JsonObject> Answer)
{
    /// <summary>Rows for a page as long as a test wants it, where there may be one.</summary>
    public Func<GraphRequest, IReadOnlyList<JsonObject>>? Streamed { get; init; }

    internal PathTemplate Path { get; } = new(Template);
}
