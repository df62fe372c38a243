using System.CommandLine;

namespace Psoxy.Cli.Deployment;

/// <summary>The <c>psoxy.yaml</c> that a command works on.</summary>
internal static class SettingsSource
{
    public static Option<string> Option() => new("--config")
    {
        Description = "What is deployed.",
        HelpName = "FILE",
        DefaultValueFactory = _ => DeploymentSettings.FileName,
    };

    public static Option<string[]> ConnectorsOption() => new("--connector", "-c")
    {
        Description = "Only this connector of the file. May be repeated.",
        HelpName = "CONNECTOR",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The settings, or <c>null</c> once every error has been told.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public static DeploymentSettings? Read(string path, TextWriter error)
    {
        var load = SettingsReader.ReadFile(path);
        foreach (var problem in load.Errors) error.WriteLine(problem.ToString());
        return load.Settings;
    }

    /// <summary>The connectors named; all where none is.</summary>
    /// <exception cref="UsageException">One of them is not in the file.</exception>
    public static IReadOnlyList<ConnectorSettings> Choose(DeploymentSettings settings, IReadOnlyCollection<string> names) =>
        names.Count == 0 ? settings.Connectors : [.. names.Select(name => Choose(settings, name)).Distinct()];

    /// <summary>The connector named.</summary>
    /// <exception cref="UsageException">It is not in the file.</exception>
    public static ConnectorSettings Choose(DeploymentSettings settings, string name) => settings.Find(name)
        ?? throw new UsageException($"'{name}' is not one of the connectors of psoxy.yaml: {string.Join(", ", settings.Connectors.Select(connector => connector.Connector.Id))}.");
}
