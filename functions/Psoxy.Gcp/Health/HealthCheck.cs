using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;
using Psoxy.Gcp.Secrets;

namespace Psoxy.Gcp.Health;

/// <summary>Answers health checks (gateway section 5): 200 if all is well, else 412. Values of secrets never appear.</summary>
internal sealed class HealthCheck(ProxyOptions options, Engine engine, PseudonymSource pseudonyms, GraphTokens tokens, CallerCheck caller)
{
    public async Task<ProxyFault?> AnswerAsync(Exchange exchange)
    {
        var context = exchange.Context;
        var checks = new List<Check> { new("configuration", engine.Problems.IsEmpty, 0, engine.Problems.IsEmpty ? null : string.Join(" ", engine.Problems)) };
        string? fingerprint = null;
        if (engine.Fault is null)
        {
            var secrets = await exchange.Timed(Stage.Secrets, pseudonyms.GetAsync(exchange.Cancellation));
            checks.Add(new("secrets", secrets.Or(out var pseudonymizer) is null, exchange.MillisecondsOf(Stage.Secrets), secrets.Or(out _)?.Message));
            fingerprint = pseudonymizer?.SaltFingerprint;
            var token = await exchange.Timed(Stage.Identity, tokens.GetAsync(exchange.Cancellation));
            checks.Add(new("entra", token.Or(out _) is null, exchange.MillisecondsOf(Stage.Identity), token.Or(out _)?.Message));
        }

        var isWell = checks.TrueForAll(check => check.Ok);
        exchange.Error = isWell ? ProxyError.None : ProxyError.Unhealthy;
        context.Response.StatusCode = isWell ? StatusCodes.Status200OK : ProxyError.Unhealthy.Http().Status;
        if (!isWell) context.Response.Headers["X-Psoxy-Error"] = ProxyError.Unhealthy.Http().Name;
        context.Response.ContentType = "application/json; charset=utf-8";
        var body = Write(context, checks, fingerprint);
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body, context.RequestAborted);
        return null;
    }

    private byte[] Write(HttpContext context, List<Check> checks, string? fingerprint)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("configuredSource", engine.Connector.Id);
            writer.WriteString("configuredHost", options.GraphHost);
            writer.WriteBoolean("nonDefaultSalt", fingerprint is not null);
            List(writer, "missingConfigProperties", engine.Problems.Where(problem => problem.Contains(" is missing", StringComparison.Ordinal)).Select(problem => problem.Split(' ')[0]));
            writer.WriteNull("configPropertiesLastModified");
            writer.WriteString("sourceAuthStrategy", "oauth2_client_credentials");
            writer.WriteString("sourceAuthGrantType", "workload_identity_federation");
            writer.WriteString("pseudonymImplementation", "v0.4");
            writer.WriteBoolean("pseudonymizeAppIds", options.PseudonymizeAppIds);
            writer.WriteString("rules", engine.Rules?.Text);
            writer.WriteString("rulesSha", engine.Rules?.Sha1);
            writer.WriteString("callerIp", caller.AddressOf(context.Request)?.ToString());
            writer.WriteBoolean("clientIpAuthorized", caller.IsAllowed(context.Request));
            writer.WriteString("saltSha256Hash", fingerprint);
            writer.WriteString("identityTokenAudience", options.Audience);
            List(writer, "warningMessages", pseudonyms.HasTrailingLineBreak ? ["The salt or the key ends with a line break, which is part of it."] : []);
            writer.WriteString("version", Reply.Version);
            writer.WriteString("userAgent", context.Request.Headers.UserAgent.ToString());
            writer.WriteStartArray("checks");
            foreach (var check in checks)
            {
                writer.WriteStartObject();
                writer.WriteString("name", check.Name);
                writer.WriteBoolean("ok", check.Ok);
                writer.WriteNumber("milliseconds", Math.Round(check.Milliseconds));
                if (check.Fix is not null) writer.WriteString("whatToDo", check.Fix);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void List(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private sealed record Check(string Name, bool Ok, double Milliseconds, string? Fix);
}
