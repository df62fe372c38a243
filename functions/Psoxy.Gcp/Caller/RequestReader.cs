using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>Reads what the caller asks for (gateway section 2).</summary>
internal static class RequestReader
{
    private const int MaxOverride = 4096;

    public static async Task<Attempt<ProxyRequest>> ReadAsync(Exchange exchange)
    {
        var http = exchange.Context.Request;
        exchange.HadIgnoredHeader = ControlHeaders.HasIgnored(http.Headers);
        if (ControlHeaders.Read(http.Headers).Or(out var control) is { } malformed) return malformed;
        var target = exchange.Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/')) return ProxyFault.Invalid("The request target must be a path.");
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
        path = PathPrefix.Trim(path, exchange.Context.RequestServices.GetRequiredService<ProxyOptions>());
        if (HttpMethods.IsPost(http.Method)) return await EnvelopeAsync(exchange, control, path == "/" && question < 0);
        if (http.ContentLength > 0 || exchange.Context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true) return ProxyFault.Invalid("A request with this method has no body.");
        if (control.Health != HealthDepth.None) return OfHealth(http.Method, control.Health);
        return new ProxyRequest
        {
            Method = http.Method,
            RawPath = control.TargetPath ?? path,
            RawQuery = control.TargetQuery ?? query,
            Headers = http.Headers.Where(header => header.Value.Count == 1).ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            WantsNoBody = control.WantsNoBody,
        };
    }

    /// <summary>What an override or an envelope may hold: as a request target could.</summary>
    public static bool IsPrintable(string text) => text.Length <= MaxOverride && text.All(c => c is > ' ' and <= '~' and not '#');

    private static Attempt<ProxyRequest> OfHealth(string method, HealthDepth depth) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
            ? new ProxyRequest { Method = method, Health = depth }
            : ProxyFault.Invalid("""A health check is GET or HEAD with X-Psoxy-Health-Check, or POST with the envelope {"healthCheck":true}.""");

    // Two ways to say what is asked for can say two things; whoever looked at one of them would not know.
    private static async Task<Attempt<ProxyRequest>> EnvelopeAsync(Exchange exchange, ControlHeaders control, bool isRoot)
    {
        if (!isRoot) return ProxyFault.Invalid("POST is for envelopes only, and they go to '/', without a query.");
        if (control.Health != HealthDepth.None) return ProxyFault.Invalid("""With POST a health check is the envelope {"healthCheck":true}, not a header.""");
        if (control.HasOverride) return ProxyFault.Invalid("An envelope says path and query itself; X-Psoxy-TargetPath and X-Psoxy-TargetQuery must not be there.");
        if ((await EnvelopeBody.ReadAsync(exchange.Context.Request)).Or(out var body) is { } unreadable) return unreadable;
        return Envelope.Read(body).Or(out var request) is { } malformed ? malformed : request with { WantsNoBody = control.WantsNoBody };
    }
}
