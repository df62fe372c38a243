using System.Text.Json.Nodes;

namespace Psoxy.Cli.Doctor.Facts;

/// <summary>A function as Google describes it.</summary>
internal sealed record Function
{
    public required string Name { get; init; }

    public required string Region { get; init; }

    /// <summary>Such as <c>ACTIVE</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Whether it is of the first generation.</summary>
    public bool IsFirstGeneration { get; init; }

    /// <summary>What Google says of its state.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    public string Runtime { get; init; } = "";

    public string EntryPoint { get; init; } = "";

    public string ServiceAccount { get; init; } = "";

    /// <summary>Such as <c>512Mi</c>.</summary>
    public string Memory { get; init; } = "";

    public int MinInstances { get; init; }

    public int MaxInstances { get; init; }

    /// <summary>Seconds.</summary>
    public int Timeout { get; init; }

    public int Concurrency { get; init; } = 1;

    /// <summary>Such as <c>ALLOW_ALL</c>.</summary>
    public string Ingress { get; init; } = "";

    /// <summary>Such as <c>ALL_TRAFFIC</c>, where it has a network of its own.</summary>
    public string Egress { get; init; } = "";

    /// <summary>Where it is called.</summary>
    public string? Url { get; init; }

    /// <summary>Variables and their values, which are not shown.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables that the platform fills, and with what.</summary>
    public IReadOnlyDictionary<string, SecretVersionName> Secrets { get; init; } = new Dictionary<string, SecretVersionName>();

    public static Function Of(JsonNode body)
    {
        var (name, build, service) = (((string?)body["name"] ?? "").Split('/'), body["buildConfig"], body["serviceConfig"]);
        return new()
        {
            Name = name[^1],
            Region = name.ElementAtOrDefault(3) ?? "",
            State = (string?)body["state"] ?? "",
            IsFirstGeneration = (string?)body["environment"] == "GEN_1",
            Messages = [.. (body["stateMessages"] as JsonArray ?? []).Where(message => (string?)message?["severity"] != "INFO").Select(message => (string?)message?["message"] ?? "")],
            Runtime = (string?)build?["runtime"] ?? "",
            EntryPoint = (string?)build?["entryPoint"] ?? "",
            ServiceAccount = (string?)service?["serviceAccountEmail"] ?? "",
            Memory = (string?)service?["availableMemory"] ?? "",
            MinInstances = (int?)service?["minInstanceCount"] ?? 0,
            MaxInstances = (int?)service?["maxInstanceCount"] ?? 0,
            Timeout = (int?)service?["timeoutSeconds"] ?? 0,
            Concurrency = (int?)service?["maxInstanceRequestConcurrency"] ?? 1,
            Ingress = (string?)service?["ingressSettings"] ?? "ALLOW_ALL",
            Egress = (string?)service?["vpcConnectorEgressSettings"] ?? "",
            Url = (string?)service?["uri"] ?? (string?)body["url"],
            Environment = (service?["environmentVariables"] as JsonObject ?? []).ToDictionary(variable => variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal),
            Secrets = (service?["secretEnvironmentVariables"] as JsonArray ?? []).OfType<JsonObject>().ToDictionary(
                secret => (string?)secret["key"] ?? "",
                secret => new SecretVersionName((string?)secret["projectId"] ?? "", (string?)secret["secret"] ?? "", (string?)secret["version"] ?? "latest"),
                StringComparer.Ordinal),
        };
    }
}
