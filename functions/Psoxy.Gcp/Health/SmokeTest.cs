using System.Collections.Immutable;
using System.IO.Pipelines;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Graph;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Health;

/// <summary>The deep health check: the connector's smoke requests through gate, Graph and sanitizer, as a caller's would go. Nothing of an answer is kept but its status.</summary>
internal sealed class SmokeTest(ProxyOptions options, Engine engine, GraphClient graph, Clocks clocks, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public async Task<ImmutableArray<Check>> RunAsync(Exchange exchange, GraphToken token, Pseudonymizer pseudonymizer)
    {
        var checks = ImmutableArray.CreateBuilder<Check>();
        foreach (var request in engine.Connector.SmokeRequests)
        {
            var start = time.GetTimestamp();
            var check = await TryAsync(exchange, request.Split('?', 2), token, pseudonymizer);
            checks.Add(check with { Milliseconds = time.GetElapsedTime(start).TotalMilliseconds });
        }

        return checks.ToImmutable();
    }

    private async Task<Check> TryAsync(Exchange exchange, string[] request, GraphToken token, Pseudonymizer pseudonymizer)
    {
        var name = "GET " + request[0];
        var decision = engine.Decide(new ProxyRequest { Method = "GET", RawPath = request[0], RawQuery = request.ElementAtOrDefault(1) ?? "" });
        if (!decision.IsAllowed) return new(name, true, 0, "Not asked: the rules in force do not allow it.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(exchange.Cancellation);
        limit.CancelAfter(Limit);
        var call = new GraphCall("GET", decision.Request!.PathAndQuery, null, exchange.CorrelationId);
        if ((await graph.SendAsync(call, token, limit.Token)).Or(out var response) is { } fault) return new(name, false, 0, fault.Message);
        using (response)
        {
            clocks.Observe("Graph", response.Date);
            var wrong = await WrongAsync(response, decision, pseudonymizer, limit.Token);
            return new(name, wrong is null, 0, wrong, response.Status);
        }
    }

    private async Task<string?> WrongAsync(GraphResponse response, Decision decision, Pseudonymizer pseudonymizer, CancellationToken cancellationToken)
    {
        if (response.Status == 403) return $"{(response.Error ?? SourceError.Read(default)).Explanation} This request needs {Permission(decision)}.";
        if (response.Status >= 400) return (response.Error ?? SourceError.Read(default)).Explanation;
        if (response.Status != 200) return "Graph should answer 200: check TARGET_HOST.";
        return response.IsJson ? await SanitizeAsync(response, decision, pseudonymizer, cancellationToken) : "Graph's answer is not JSON: check TARGET_HOST.";
    }

    private string Permission(Decision decision) =>
        engine.Connector.Endpoints.FirstOrDefault(endpoint => endpoint.Path == decision.Endpoint!.Name)?.Permission ?? "one of the connector's permissions";

    private async Task<string?> SanitizeAsync(GraphResponse response, Decision decision, Pseudonymizer pseudonymizer, CancellationToken cancellationToken)
    {
        using var output = new HeldOutput();
        using var sanitizer = new JsonSanitizer(engine.PlanFor(decision.Endpoint!), pseudonymizer, output, new SanitizerLimits { MaxInputBytes = options.MaxResponseBytes }, response.IsNdjson);
        try
        {
            var reader = PipeReader.Create(await response.OpenAsync(cancellationToken));
            var (status, isEnd) = (SanitizeStatus.NeedMore, false);
            while (status == SanitizeStatus.NeedMore && !isEnd)
            {
                var read = await reader.ReadAsync(cancellationToken);
                status = sanitizer.Write(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                isEnd = read.IsCompleted;
                output.Clear();
            }

            await reader.CompleteAsync();
            if (status == SanitizeStatus.NeedMore) status = sanitizer.Complete();
            return status == SanitizeStatus.Complete ? null : "Graph's answer cannot be sanitized, so callers get 502 API_ERROR.";
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidDataException or OperationCanceledException)
        {
            return "Graph's answer broke off.";
        }
    }
}
