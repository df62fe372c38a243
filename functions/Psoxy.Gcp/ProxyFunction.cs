using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Graph;
using Psoxy.Gcp.Health;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Replies;
using Psoxy.Gcp.Secrets;

namespace Psoxy.Gcp;

/// <summary>One request's way through the proxy, the same for every connector. Nothing of a later step happens if an earlier one refuses.</summary>
public sealed class ProxyFunction
{
    private readonly CallerCheck _caller;
    private readonly HealthCheck _health;
    private readonly Engine _engine;
    private readonly PseudonymSource _pseudonyms;
    private readonly GraphTokens _tokens;
    private readonly GraphClient _graph;
    private readonly Reply _reply;
    private readonly TimeProvider _time;
    private readonly ILogger<ProxyFunction> _log;

    internal ProxyFunction(
        CallerCheck caller, HealthCheck health, Engine engine, PseudonymSource pseudonyms, GraphTokens tokens, GraphClient graph, Reply reply, TimeProvider time, ILogger<ProxyFunction> log) =>
        (_caller, _health, _engine, _pseudonyms, _tokens, _graph, _reply, _time, _log) = (caller, health, engine, pseudonyms, tokens, graph, reply, time, log);

    /// <summary>Answers one request, whatever happens.</summary>
    /// <param name="context">The host's.</param>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var exchange = new Exchange(context, _engine, _time);
        try
        {
            if (await ProcessAsync(exchange) is { } fault) await _reply.FaultAsync(exchange, fault);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            exchange.Error = ProxyError.CallerGone;
        }
        catch (Exception bug)
        {
            // Only the type: an exception's text may hold what must not be logged.
            Log.Log.Unexpected(_log, exchange.CorrelationId, bug.GetType().Name, bug.StackTrace);
            await _reply.FaultAsync(exchange, new ProxyFault(ProxyError.Unknown, "The proxy has a bug. The correlation id finds its log line."));
        }
        finally
        {
            Log.Log.Summary(_log, exchange);
        }
    }

    private async Task<ProxyFault?> ProcessAsync(Exchange exchange)
    {
        if (await _caller.CheckAsync(exchange) is { } refusal) return refusal;
        if ((await RequestReader.ReadAsync(exchange)).Or(out var request) is { } malformed) return malformed;
        if (request.Health != HealthDepth.None) return await _health.AnswerAsync(exchange, request.Health);
        if (_engine.Fault is { } broken) return broken;

        var decision = exchange.Decision = _engine.Decide(request);
        if (!decision.IsAllowed) return GateFault.Of(decision);
        if (request.RefuseHeaders(decision.Endpoint!) is { } foreign) return foreign;

        // Fetched at the same time, unless a token must first prove to be ours: a refused request costs no token.
        var holdsToken = HoldsToken(decision.Request!, request);
        var graphToken = holdsToken ? null : exchange.Timed(Stage.Identity, _tokens.GetAsync(exchange.Cancellation));
        if ((await exchange.Timed(Stage.Secrets, _pseudonyms.GetAsync(exchange.Cancellation))).Or(out var pseudonymizer) is { } secretless) return secretless;
        if (!ReverseTokens.TryReverse(decision.Request!, pseudonymizer, out var target) || !request.TryReverseHeaders(decision.Endpoint!, pseudonymizer, out var headers))
            return new ProxyFault(ProxyError.TokenizedRequestParameterInvalid, "A reversible pseudonym in the request is not one of this deployment's, or cannot stand where it stands.");
        if (holdsToken) exchange.Originals = OriginalSealer.TokensOf(decision.Request!, request.Headers.Values, pseudonymizer);
        if ((await (graphToken ?? exchange.Timed(Stage.Identity, _tokens.GetAsync(exchange.Cancellation)))).Or(out var token) is { } nameless) return nameless;

        var call = new GraphCall(request.Method, target, headers, exchange.CorrelationId);
        if ((await exchange.Timed(Stage.Graph, _graph.SendAsync(call, token, exchange.Cancellation))).Or(out var response) is { } unreachable) return unreachable;
        using (response) return await _reply.RelayAsync(exchange, request, response, _engine.PlanFor(decision.Endpoint!), pseudonymizer);
    }

    private static bool HoldsToken(CanonicalRequest canonical, ProxyRequest request) =>
        canonical.PathAndQuery.Contains(TokenPattern.ReversiblePrefix, StringComparison.Ordinal) || request.HeadersHoldToken;
}
