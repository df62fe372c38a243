using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Graph;
using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Replies;

/// <summary>Writes the answer: Graph's, sanitized; or an error of ours.</summary>
internal sealed class Reply(ProxyOptions options, Engine engine)
{
    /// <summary>Version of this build.</summary>
    public static string Version { get; } = typeof(Reply).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static readonly FrozenSet<string> Forwarded = FrozenSet.ToFrozenSet(["Content-Type", "Cache-Control", "Expires", "Last-Modified", "Retry-After"], StringComparer.OrdinalIgnoreCase);

    public async Task<ProxyFault?> RelayAsync(Exchange exchange, ProxyRequest request, GraphResponse source, SanitizerPlan plan, Pseudonymizer pseudonymizer)
    {
        (exchange.SourceStatus, exchange.SourceError, exchange.SourceRequestId) = (source.Status, source.Error, source.RequestId);
        if (source.Status is >= 300 and < 400 and not StatusCodes.Status304NotModified) return new ProxyFault(ProxyError.ApiError, "The source redirects, and redirects are never followed.");
        var isBodiless = source.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified || HttpMethods.IsHead(request.Method) || source.IsEmpty;
        if (source.Status >= 400)
        {
            await SourceErrorAsync(exchange, source);
            return null;
        }

        if (!isBodiless && !source.IsJson) return new ProxyFault(ProxyError.ApiError, "The source answered with something that is not JSON; nothing of it passes.");
        void Start()
        {
            exchange.Context.Response.StatusCode = source.Status;
            Headers(exchange, source, pseudonymizer);
        }

        if (isBodiless)
        {
            Start();
            return null;
        }

        using var relay = new BodyRelay(options, exchange, request.WantsNoBody, Start);
        return await exchange.Time(Stage.Relay).Of(relay.RunAsync(source, plan, pseudonymizer));
    }

    public async Task FaultAsync(Exchange exchange, ProxyFault fault)
    {
        exchange.Error = exchange.IsCallerGone ? ProxyError.CallerGone : fault.Error;
        if (exchange.IsCallerGone) return;
        var response = exchange.Context.Response;
        if (response.HasStarted)
        {
            // A part must not be taken for the whole.
            exchange.Context.Abort();
            return;
        }

        var (status, name) = fault.Error.Http();
        response.Clear();
        response.StatusCode = status;
        response.Headers["X-Psoxy-Error"] = name;
        Common(response);
        if (fault.Error == ProxyError.UnauthenticatedCaller) response.Headers.WWWAuthenticate = "Bearer"; // RFC 9110, section 15.5.2
        if (fault.Error == ProxyError.InvalidRequest) response.Headers.Connection = "close"; // what cannot be read safely may have more behind it than one reader sees
        if (fault.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

        // A refusal by the rules says nothing; the log tells the operator.
        if (fault.Error != ProxyError.BlockedByRules) await BodyAsync(exchange, ErrorBody.Of(name, fault.Message, exchange.CorrelationId));
    }

    private async Task SourceErrorAsync(Exchange exchange, GraphResponse source)
    {
        exchange.Error = ProxyError.ApiError;
        var response = exchange.Context.Response;
        response.StatusCode = source.Status;
        Headers(exchange, source, null);
        response.Headers["X-Psoxy-Error"] = ProxyError.ApiError.Http().Name;
        await BodyAsync(exchange, ErrorBody.Of(source.Error ?? SourceError.Read(default), exchange.CorrelationId));
    }

    private static async Task BodyAsync(Exchange exchange, byte[] body)
    {
        var response = exchange.Context.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        if (exchange.Context.Request.Method != HttpMethods.Head) await response.Body.WriteAsync(body, exchange.Context.RequestAborted);
    }

    private void Headers(Exchange exchange, GraphResponse source, Pseudonymizer? pseudonymizer)
    {
        var headers = exchange.Context.Response.Headers;
        source.CopyHeaders(IsForwarded, headers);
        Common(exchange.Context.Response);
        if (pseudonymizer is not null) headers["X-Psoxy-PII-Salt-Sha256"] = pseudonymizer.SaltFingerprint;
    }

    private static bool IsForwarded(string name) =>
        Forwarded.Contains(name)
        || name.StartsWith("RateLimit-", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("X-RateLimit-", StringComparison.OrdinalIgnoreCase);

    private void Common(HttpResponse response)
    {
        if (engine.Rules is { } rules) response.Headers["X-Psoxy-Rules-SHA"] = rules.Sha1;
        response.Headers["X-Psoxy-Psoxy-Version"] = Version;
    }
}
