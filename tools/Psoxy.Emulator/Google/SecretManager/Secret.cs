using System.Globalization;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Access;
using Psoxy.Emulator.SecretManager;

namespace Psoxy.Emulator.Google.SecretManager;

/// <summary>A secret and its versions, which are numbered from 1 and never again.</summary>
internal sealed class Secret(string name, JsonObject given)
{
    private const string Time = "2026-11-24T10:17:06.000000Z";
    private readonly List<SecretVersion> _versions = [];

    public string Name => name;

    public IamPolicy Policy { get; } = new();

    public IEnumerable<SecretVersion> NewestFirst => Enumerable.Reverse(_versions);

    public SecretVersion Add(byte[] data)
    {
        var number = (_versions.Count + 1).ToString(CultureInfo.InvariantCulture);
        var version = new SecretVersion($"{name}/versions/{number}", number, data);
        _versions.Add(version);
        return version;
    }

    /// <summary>By number; <c>latest</c> is the newest, whatever its state.</summary>
    public SecretVersion GetVersion(string number) =>
        (number == "latest" ? _versions.LastOrDefault() : _versions.Find(version => version.Number == number))
        ?? throw CloudException.NotFound($"Secret Version [{name}/versions/{number}] not found.");

    public JsonObject Show()
    {
        var secret = new JsonObject { ["name"] = name, ["replication"] = given["replication"]?.DeepClone() ?? new JsonObject { ["automatic"] = new JsonObject() }, ["createTime"] = Time, ["etag"] = "\"164f1b0f2c1d80\"" };
        foreach (var kept in new[] { "labels", "annotations" })
            if (given[kept] is JsonObject { Count: > 0 } value) secret[kept] = value.DeepClone();
        return secret;
    }
}

/// <summary>A version of a secret.</summary>
internal sealed class SecretVersion(string name, string number, byte[] data)
{
    public string Name => name;

    public string Number => number;

    public byte[] Data { get; private set; } = data;

    public SecretState State { get; private set; }

    public void Change(SecretState state)
    {
        if (State == SecretState.Destroyed) throw CloudException.Precondition($"Secret Version [{name}] is in DESTROYED state.");
        State = state;
        if (state == SecretState.Destroyed) Data = [];
    }

    /// <summary>The bytes, if they may be read.</summary>
    public byte[] Access() => State == SecretState.Enabled ? Data : throw CloudException.Precondition($"Secret Version [{name}] is in {State.ToString().ToUpperInvariant()} state.");

    public JsonObject Show() => new()
    {
        ["name"] = name,
        ["createTime"] = "2026-11-24T10:17:06.000000Z",
        ["state"] = State.ToString().ToUpperInvariant(),
        ["replicationStatus"] = new JsonObject { ["automatic"] = new JsonObject() },
        ["etag"] = "\"164f1b0f2c1d81\"",
        ["clientSpecifiedPayloadChecksum"] = true,
    };
}
