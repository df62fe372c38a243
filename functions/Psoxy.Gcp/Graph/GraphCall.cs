using System.Collections.Immutable;

namespace Psoxy.Gcp.Graph;

/// <summary>One call to Graph. Holds what tokens stand for, so it says nothing when it is written out.</summary>
internal sealed class GraphCall(string method, string pathAndQuery, ImmutableArray<KeyValuePair<string, string>>? headers, string correlationId)
{
    public string Method => method;

    public string PathAndQuery => pathAndQuery;

    public ImmutableArray<KeyValuePair<string, string>> Headers => headers ?? [];

    public string CorrelationId => correlationId;

    public override string ToString() => nameof(GraphCall);
}
