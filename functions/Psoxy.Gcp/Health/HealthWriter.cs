using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Health;

/// <summary>Writes a health check's answer: the original's fields under their names, and ours. Values of secrets are not among what it is given.</summary>
internal static class HealthWriter
{
    private const int LongestUserAgent = 256;

    // A person reads it, in a terminal; it says that it is JSON, and a browser is told to believe that.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(HealthReport report, ProxyOptions options, Engine engine, CallerCheck caller, HttpRequest request, out bool isWell)
    {
        isWell = report.IsWell;
        return Object(writer =>
        {
            writer.WriteString("configuredSource", engine.Connector.Id);
            writer.WriteString("configuredHost", options.GraphHost);
            writer.WriteBoolean("nonDefaultSalt", report is { SaltFingerprint: not null, Secrets.IsSaltDefault: false });
            List(writer, "missingConfigProperties", Missing(engine));
            writer.WriteNull("configPropertiesLastModified"); // the platform does not tell
            writer.WriteString("sourceAuthStrategy", "oauth2_client_credentials");
            writer.WriteString("sourceAuthGrantType", UsesCertificate(options) ? "client_certificate" : "workload_identity_federation");
            writer.WriteString("pseudonymImplementation", "v0.4");
            writer.WriteBoolean("pseudonymizeAppIds", options.PseudonymizeAppIds);
            writer.WriteString("rules", engine.Rules?.Text);
            writer.WriteString("rulesSha", engine.Rules?.Sha1);
            writer.WriteString("callerIp", caller.AddressOf(request)?.ToString());
            writer.WriteBoolean("clientIpAuthorized", caller.IsAllowed(request));
            writer.WriteString("saltSha256Hash", report.SaltFingerprint);
            writer.WriteString("serviceAccountUniqueId", report.ServiceAccountUniqueId);
            writer.WriteString("identityTokenAudience", UsesCertificate(options) ? null : options.Audience);
            Entra(writer, report, options);
            List(writer, "warningMessages", report.Warnings);
            writer.WriteString("version", Reply.Version);
            writer.WriteString("userAgent", string.Concat(request.Headers.UserAgent.ToString().Where(c => c is >= ' ' and <= '~').Take(LongestUserAgent)));
            Checks(writer, report.Checks);
        });
    }

    /// <summary>For whom nothing else may be told.</summary>
    public static byte[] WriteProblems(Engine engine, Check configuration, out bool isWell)
    {
        isWell = configuration.Ok;
        return Object(writer =>
        {
            writer.WriteString("configuredSource", engine.Connector.Id);
            List(writer, "missingConfigProperties", Missing(engine));
            writer.WriteString("version", Reply.Version);
            Checks(writer, [configuration]);
        });
    }

    private static bool UsesCertificate(ProxyOptions options) => options.ClientCertificate.Length > 0;

    private static IEnumerable<string> Missing(Engine engine) =>
        engine.Problems.Where(problem => problem.Contains(" is missing", StringComparison.Ordinal)).Select(problem => problem.Split(' ')[0]);

    private static void Entra(Utf8JsonWriter writer, HealthReport report, ProxyOptions options)
    {
        writer.WriteStartObject("entra");
        writer.WriteBoolean("tokenAcquired", report.HasEntraToken);
        writer.WriteString("tenant", options.TenantId);
        writer.WriteString("clientId", options.ClientId);
        if (report.Certificate is { } certificate)
        {
            writer.WriteStartObject("certificate");
            writer.WriteString("thumbprint", certificate.Thumbprint);
            writer.WriteString("notBefore", certificate.NotBefore.UtcDateTime);
            writer.WriteString("notAfter", certificate.NotAfter.UtcDateTime);
            writer.WriteEndObject();
        }

        if (report.Roles is { } roles)
        {
            List(writer, "roles", roles.Granted);
            List(writer, "missingRoles", roles.Missing);
            List(writer, "excessRoles", roles.Excess);
        }

        if (report.Refusal is { } refusal)
        {
            writer.WriteString("code", refusal.Error is { } known ? $"AADSTS{known.Code}" : refusal.Code is { } code ? $"AADSTS{code}" : null);
            writer.WriteString("cause", refusal.Error?.Cause);
            writer.WriteString("fix", refusal.Error?.Fix);
            writer.WriteString("traceId", refusal.TraceId);
            writer.WriteString("correlationId", refusal.CorrelationId);
            writer.WriteString("timestamp", refusal.Timestamp);
        }

        writer.WriteEndObject();
    }

    private static void Checks(Utf8JsonWriter writer, IEnumerable<Check> checks)
    {
        writer.WriteStartArray("checks");
        foreach (var check in checks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", check.Name);
            writer.WriteBoolean("ok", check.Ok);
            writer.WriteNumber("milliseconds", Math.Round(check.Milliseconds));
            if (check.Status is { } status) writer.WriteNumber("status", status);
            if (check.WhatToDo is not null) writer.WriteString("whatToDo", check.WhatToDo);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void List(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static byte[] Object(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
