using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Run;

namespace Psoxy.Emulator.Google.CloudFunctions;

/// <summary>A function: what was asked for, and what became of it.</summary>
internal sealed class DeployedFunction(string name, RunService service)
{
    public string Name => name;

    public string Id => name.Split('/')[^1];

    public RunService Service => service;

    /// <summary>As the caller gave it, in Google's shape.</summary>
    public JsonObject Spec { get; set; } = [];

    public string State { get; set; } = "DEPLOYING";

    /// <summary>Why it is not as it should be; empty if it is.</summary>
    public string Problem { get; set; } = "";

    /// <summary>Whether an operation is under way.</summary>
    public bool IsBusy { get; set; }

    public string ServiceAccount => Text("serviceConfig", "serviceAccountEmail");

    public string EntryPoint => Text("buildConfig", "entryPoint");

    public string Runtime => Text("buildConfig", "runtime");

    public string UploadedObject => (string?)Spec["buildConfig"]?["source"]?["storageSource"]?["object"] ?? "";

    public Dictionary<string, string> BuildEnvironment => Map("buildConfig");

    public Dictionary<string, string> Variables => Map("serviceConfig");

    /// <summary>The variables that the platform fills from Secret Manager.</summary>
    public IEnumerable<(string Key, string Project, string Secret, string Version)> SecretVariables =>
        (Spec["serviceConfig"]?["secretEnvironmentVariables"] as JsonArray ?? []).Select(variable => ((string)variable!["key"]!, (string?)variable["projectId"] ?? "", (string)variable["secret"]!, (string?)variable["version"] ?? "latest"));

    public JsonObject Show()
    {
        var shown = (JsonObject)Spec.DeepClone();
        shown["name"] = name;
        shown["environment"] = "GEN_2";
        shown["state"] = IsBusy ? "DEPLOYING" : State;
        shown["createTime"] = "2026-11-24T10:17:06.000000000Z";
        shown["updateTime"] = "2026-11-24T10:17:06.000000000Z";
        var serving = (JsonObject)(shown["serviceConfig"] ??= new JsonObject());
        serving["service"] = service.Name;
        serving["allTrafficOnLatestRevision"] = true;
        serving["ingressSettings"] ??= "ALLOW_ALL";
        serving["serviceAccountEmail"] = ServiceAccount;
        if (service.Serving is { } revision) serving["revision"] = revision.Name;
        if (service.Front is { } front)
        {
            var url = front.Address.AbsoluteUri.TrimEnd('/');
            (shown["url"], serving["uri"]) = (url, url);
        }

        if (Problem.Length > 0) shown["stateMessages"] = new JsonArray(new JsonObject { ["severity"] = "ERROR", ["type"] = "CloudRunServiceNotFound", ["message"] = Problem });
        return shown;
    }

    private string Text(string part, string key) => (string?)Spec[part]?[key] ?? "";

    private Dictionary<string, string> Map(string part) =>
        (Spec[part]?["environmentVariables"] as JsonObject ?? []).ToDictionary(variable => variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);
}
