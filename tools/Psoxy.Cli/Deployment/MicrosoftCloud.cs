namespace Psoxy.Cli.Deployment;

/// <summary>A cloud of Microsoft's.</summary>
/// <param name="Name">Value of <c>cloud</c>.</param>
/// <param name="LoginHost">Entra.</param>
/// <param name="GraphHost">Graph.</param>
/// <param name="PortalHost">Where administrators look.</param>
internal sealed record MicrosoftCloud(string Name, string LoginHost, string GraphHost, string PortalHost)
{
    public static readonly MicrosoftCloud Global = new("global", "login.microsoftonline.com", "graph.microsoft.com", "entra.microsoft.com");

    public static readonly MicrosoftCloud[] All =
    [
        Global,
        new("usgov", "login.microsoftonline.us", "graph.microsoft.us", "entra.microsoft.us"),
        new("usgov-dod", "login.microsoftonline.us", "dod-graph.microsoft.us", "entra.microsoft.us"),
        new("china", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn", "entra.microsoftonline.cn"),
    ];
}
