using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Google;

/// <summary>An error in the shape in which Google's APIs give it.</summary>
internal sealed class CloudException(int status, string name, string text, params JsonObject[] details) : Exception(text)
{
    public int Status => status;

    public JsonObject Body()
    {
        var error = new JsonObject { ["code"] = status, ["message"] = Message, ["status"] = name };
        if (details.Length > 0) error["details"] = new JsonArray([.. details.Select(detail => detail.DeepClone())]);
        return new() { ["error"] = error };
    }

    public static CloudException NotFound(string text) => new(404, "NOT_FOUND", text);

    public static CloudException AlreadyExists(string text) => new(409, "ALREADY_EXISTS", text);

    public static CloudException Invalid(string text) => new(400, "INVALID_ARGUMENT", text);

    public static CloudException Precondition(string text) => new(400, "FAILED_PRECONDITION", text);

    public static CloudException Conflict() => new(
        409,
        "ABORTED",
        "There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff. The request's ETag did not match the current policy's ETag.");

    public static CloudException Unauthenticated() => new(
        401,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.");

    public static CloudException Denied(string permission, string resource) => new(
        403,
        "PERMISSION_DENIED",
        $"Permission '{permission}' denied on resource '{resource}' (or it may not exist).",
        Info("IAM_PERMISSION_DENIED", permission.Split('.')[0] + ".googleapis.com", ("permission", permission), ("resource", resource)));

    public static CloudException Quota(string service, string project) => new(
        429,
        "RESOURCE_EXHAUSTED",
        $"Quota exceeded for quota metric 'Requests' and limit 'Requests per minute' of service '{service}' for consumer 'project_number:{project}'.",
        Info("RATE_LIMIT_EXCEEDED", "googleapis.com", ("service", service), ("consumer", "projects/" + project), ("quota_limit", "RequestsPerMinutePerProject")));

    public static CloudException Disabled(string service, string title, string number)
    {
        var url = $"https://console.developers.google.com/apis/api/{service}/overview?project={number}";
        return new(
            403,
            "PERMISSION_DENIED",
            $"{title} has not been used in project {number} before or it is disabled. Enable it by visiting {url} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.",
            new JsonObject
            {
                ["@type"] = "type.googleapis.com/google.rpc.Help",
                ["links"] = new JsonArray(new JsonObject { ["description"] = "Google developers console API activation", ["url"] = url }),
            },
            Info("SERVICE_DISABLED", "googleapis.com", ("service", service), ("serviceTitle", title), ("consumer", "projects/" + number), ("containerInfo", number), ("activationUrl", url)));
    }

    private static JsonObject Info(string reason, string domain, params (string Name, string Value)[] metadata) => new()
    {
        ["@type"] = "type.googleapis.com/google.rpc.ErrorInfo",
        ["reason"] = reason,
        ["domain"] = domain,
        ["metadata"] = new JsonObject([.. metadata.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Name, pair.Value))]),
    };
}
