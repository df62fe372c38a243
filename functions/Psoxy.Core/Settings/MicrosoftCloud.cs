namespace Psoxy.Core.Settings;

/// <summary>A cloud of Microsoft's.</summary>
/// <param name="Name">Value of <c>CLOUD</c> and of <c>cloud</c> in psoxy.yaml.</param>
/// <param name="LoginHost">Entra.</param>
/// <param name="GraphHost">Graph.</param>
/// <param name="PortalHost">Where administrators look.</param>
public sealed record MicrosoftCloud(string Name, string LoginHost, string GraphHost, string PortalHost)
{
    /// <summary>The one that is meant where nobody names one.</summary>
    public static MicrosoftCloud Global { get; } = new("global", "login.microsoftonline.com", "graph.microsoft.com", "entra.microsoft.com");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MicrosoftCloud> All { get; } =
    [
        Global,
        new("usgov", "login.microsoftonline.us", "graph.microsoft.us", "entra.microsoft.us"),
        new("usgov-dod", "login.microsoftonline.us", "dod-graph.microsoft.us", "entra.microsoft.us"),
        new("china", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn", "entra.microsoftonline.cn"),
    ];

    /// <summary>What a token is asked for.</summary>
    public string Scope => $"https://{GraphHost}/.default";
}
