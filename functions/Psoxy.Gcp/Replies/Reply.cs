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

    public async Task<ProxyFault?> RelayAsync(Exchange exchange, ProxyRequest request, GraphResponse source, SanitizerPlan plan, Pseudonymizer pseudonymizer)
    {
        (exchange.SourceStatus, exchange.SourceError, exchange.SourceRequestId) = (source.Status, source.Error, source.RequestId);
        if (source.Status is >= 400 and < 600)
        {
            await SourceErrorAsync(exchange, source);
            return null;
        }

        var kind = source.Kind;
        var isBodiless = source.Status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent || HttpMethods.IsHead(request.Method) || source.Length == 0;
        if (Refuse(source, kind, isBodiless) is { } refused) return new ProxyFault(ProxyError.ApiError, refused);
        void Start()
        {
            exchange.Context.Response.StatusCode = source.Status;
            Headers(exchange, source, pseudonymizer);
            if (kind is not null) exchange.Context.Response.ContentType = kind.ContentType;
        }

        if (isBodiless)
        {
            Start();
            return null;
        }

        using var relay = new BodyRelay(options, exchange, request.WantsNoBody, Start);
        return await exchange.Time(Stage.Relay).Of(relay.RunAsync(source, kind!, plan, pseudonymizer));
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

    // What cannot be taken for a whole answer that the sanitizer reads.
    private string? Refuse(GraphResponse source, MediaKind? kind, bool isBodiless) => source.Status switch
    {
        StatusCodes.Status304NotModified => "The source says that nothing has changed, which nobody asked.",
        >= 300 and < 400 => "The source redirects, and redirects are never followed.",
        StatusCodes.Status206PartialContent => "The source sent a part, which nobody asked for.",
        < 200 or >= 600 => "The source answered with a status that says nothing of the request.",
        _ when isBodiless => null,
        _ when kind is null => "The source answered with something that is not JSON in UTF-8; nothing of it passes.",
        _ when source.Encoding == BodyEncoding.Unknown => "The source's answer is compressed in a way that the proxy does not read, or more than once.",
        _ when source.Encoding == BodyEncoding.Identity && source.Length > options.MaxResponseBytes => BodyRelay.TooLarge,
        _ => null,
    };

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
        source.CopyHeaders(ForwardedHeaders.Values, headers);
        Common(exchange.Context.Response);
        if (pseudonymizer is not null) headers["X-Psoxy-PII-Salt-Sha256"] = pseudonymizer.SaltFingerprint;
    }

    private void Common(HttpResponse response)
    {
        if (engine.Rules is { } rules) response.Headers["X-Psoxy-Rules-SHA"] = rules.Sha1;
        response.Headers["X-Psoxy-Psoxy-Version"] = Version;
    }
}
