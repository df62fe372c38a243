using System.Collections.Immutable;

namespace Psoxy.Gcp.Graph;

/// <summary>One call to Graph. Holds what tokens stand for, so it says nothing when it is written out.</summary>
internal sealed class GraphCall(string method, string pathAndQuery, ImmutableArray<KeyValuePair<string, string>>? headers, string correlationId)
{
    public string Method => method;

    /// <summary>Whether sending it twice does what sending it once does (RFC 9110, section 9.2.2).</summary>
    public bool IsIdempotent => method is "GET" or "HEAD";

    public string PathAndQuery => pathAndQuery;

    public ImmutableArray<KeyValuePair<string, string>> Headers => headers ?? [];

    public string CorrelationId => correlationId;

    public override string ToString() => nameof(GraphCall);
}
