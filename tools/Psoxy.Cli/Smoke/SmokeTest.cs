using System.Text.Json;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Smoke;

/// <summary>Tries one connector's function.</summary>
internal sealed class SmokeTest(DeploymentSettings settings, ConnectorSettings connector, FunctionCaller caller)
{
    /// <summary>What the health check is called among the results.</summary>
    public const string Health = "health check";

    /// <summary>The health check, and unless the function cannot be reached the connector's requests.</summary>
    public async IAsyncEnumerable<SmokeResult> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var health = await caller.CallAsync("""{"healthCheck":true}""", cancellation);
        yield return OfHealth(health);
        if (health.Status is null or 401 or 403 or 404) yield break;
        foreach (var request in connector.Connector.SmokeRequests) yield return OfRequest(request, await caller.CallAsync(Envelope(request), cancellation));
    }

    /// <summary>A path and query as an envelope.</summary>
    public static string Envelope(string request)
    {
        var parts = request.Split('?', 2);
        return JsonSerializer.Serialize(parts.Length == 1 ? new Dictionary<string, string> { ["path"] = parts[0] } : new() { ["path"] = parts[0], ["query"] = parts[1] });
    }

    private SmokeResult OfHealth(FunctionAnswer answer)
    {
        if (HealthReport.Read(answer.Body) is not { } report || answer.Status is not (200 or 412)) return new(Health, false, answer.Status, null, [Problem(answer)]);
        return new(Health, answer.IsSuccess, answer.Status, null, [.. report.Failures, .. report.Warnings.Select(warning => "warning: " + warning)]);
    }

    private SmokeResult OfRequest(string request, FunctionAnswer answer)
    {
        if (!answer.IsSuccess) return new(request, false, answer.Status, null, [Problem(answer)]);
        return Count(answer.Body) is { } rows ? new(request, true, 200, rows, []) : new(request, false, 200, null, ["the answer is not JSON"]);
    }

    private string Problem(FunctionAnswer answer) => answer.Status switch
    {
        null => answer.Problem!,
        401 or 403 when settings.VerifyCallers && Said(answer.Body) is { } said => $"the function refuses: {said}. With 'verifyCallers: true' gcloud cannot call it, whose tokens are not for the function's address",
        401 or 403 when Said(answer.Body) is null => $"Cloud Run does not let this account call it: it needs roles/run.invoker, from 'gcloud functions add-invoker-policy-binding {settings.NameOf(connector)} --region={settings.Region} --member=user:YOU'; './deploy.sh apply' takes it away again unless 'callers' names you",
        var status => Said(answer.Body) is { } said ? $"it answers {status}: {said}" : $"it answers {status}; its log tells more: gcloud functions logs read {settings.NameOf(connector)} --region={settings.Region}",
    };

    // The function's own errors are JSON; Cloud Run's are pages.
    private static string? Said(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                ? $"{Text(error, "code")}: {Text(error, "message")}"
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Count(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("value", out var rows) && rows.ValueKind == JsonValueKind.Array ? rows.GetArrayLength() : 1;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
