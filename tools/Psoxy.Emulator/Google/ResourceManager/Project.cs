using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Access;

namespace Psoxy.Emulator.Google.ResourceManager;

/// <summary>The project.</summary>
internal sealed class Project(CloudOptions options)
{
    public IamPolicy Policy { get; } = new();

    /// <summary>Whether a billing account pays for it.</summary>
    public bool IsPaidFor { get; set; } = true;

    public JsonObject Show() => new()
    {
        ["projectNumber"] = options.ProjectNumber,
        ["projectId"] = options.ProjectId,
        ["lifecycleState"] = "ACTIVE",
        ["name"] = options.ProjectId,
        ["createTime"] = "2026-11-02T08:15:30.123456Z",
    };
}
