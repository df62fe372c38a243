using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary>An application object with what hangs on it.</summary>
internal sealed class DirectoryApplication(JsonObject body)
{
    public JsonObject Body { get; } = body;

    public string Id => (string)Body["id"]!;

    public string AppId => (string)Body["appId"]!;

    public string? UniqueName => (string?)Body["uniqueName"];

    public List<string> Owners { get; } = [];

    public List<JsonObject> Credentials { get; } = [];

    /// <summary>For how many requests more it is not found everywhere.</summary>
    public int Unseen { get; set; }
}

/// <summary>A service principal with what it was granted.</summary>
internal sealed class DirectoryPrincipal(JsonObject body)
{
    public JsonObject Body { get; } = body;

    public string Id => (string)Body["id"]!;

    public string AppId => (string)Body["appId"]!;

    public bool IsEnabled => (bool)Body["accountEnabled"]!;

    public List<string> Owners { get; } = [];

    public List<JsonObject> Assignments { get; } = [];

    public int Unseen { get; set; }
}
