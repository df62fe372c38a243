using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Graph;
using Psoxy.Gcp.Health;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Limits;
using Psoxy.Gcp.Log;
using Psoxy.Gcp.Replies;
using Psoxy.Gcp.Secrets;

namespace Psoxy.Gcp;

/// <summary>Makes the proxy: its constructor is internal, as its parts are, and the container only sees public ones.</summary>
internal sealed class ProxyFunctionFactory(
    CallerCheck caller, HealthCheck health, Engine engine, Turns turns, PseudonymSource pseudonyms, GraphTokens tokens, GraphClient graph, Reply reply, TimeProvider time, RequestLog log)
{
    public ProxyFunction Create() => new(caller, health, engine, turns, pseudonyms, tokens, graph, reply, time, log);
}
