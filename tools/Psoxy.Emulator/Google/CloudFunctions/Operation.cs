using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Google.CloudFunctions;

/// <summary>A long-running operation, which gcloud polls.</summary>
internal sealed class Operation(string name, string target, string verb)
{
    private readonly Dictionary<string, string> _stages = new(StringComparer.Ordinal);
    private JsonObject? _error;
    private JsonObject? _response;

    public string Name => name;

    public bool IsDone => _error is not null || _response is not null;

    /// <summary>The work behind it.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    public void Stage(string stage, string state) => _stages[stage] = state;

    public void Succeed(JsonObject response) => _response = response;

    /// <summary>Ends it with an error.</summary>
    /// <param name="code">Of google.rpc.Code: 3 invalid argument, 13 internal.</param>
    /// <param name="text">What gcloud prints.</param>
    public void Fail(int code, string text) => _error = new() { ["code"] = code, ["message"] = text };

    public JsonObject Show()
    {
        var metadata = new JsonObject
        {
            ["@type"] = "type.googleapis.com/google.cloud.functions.v2.OperationMetadata",
            ["createTime"] = "2026-11-24T10:17:06.000000000Z",
            ["target"] = target,
            ["verb"] = verb,
            ["cancelRequested"] = false,
            ["apiVersion"] = "v2",
            ["operationType"] = verb.ToUpperInvariant() + "_FUNCTION",
            ["stages"] = new JsonArray([.. _stages.Select(stage => new JsonObject { ["name"] = stage.Key, ["state"] = stage.Value })]),
        };
        var operation = new JsonObject { ["name"] = name, ["metadata"] = metadata };
        if (!IsDone) return operation;
        operation["done"] = true;
        if (_error is not null) operation["error"] = _error.DeepClone();
        else operation["response"] = _response!.DeepClone();
        return operation;
    }
}
