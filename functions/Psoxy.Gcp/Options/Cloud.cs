namespace Psoxy.Gcp.Options;

/// <summary>A Microsoft cloud.</summary>
/// <param name="Name">Value of <c>CLOUD</c>.</param>
/// <param name="LoginHost">Entra.</param>
/// <param name="GraphHost">Graph.</param>
internal sealed record Cloud(string Name, string LoginHost, string GraphHost)
{
    public static readonly Cloud Global = new("global", "login.microsoftonline.com", "graph.microsoft.com");

    public static readonly Cloud[] All =
    [
        Global,
        new("usgov", "login.microsoftonline.us", "graph.microsoft.us"),
        new("usgov-dod", "login.microsoftonline.us", "dod-graph.microsoft.us"),
        new("china", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn"),
    ];

    public string Scope => $"https://{GraphHost}/.default";
}
