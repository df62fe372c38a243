using System.CommandLine;
using Psoxy.Cli.Deployment;
using Psoxy.Core.Settings;

namespace Psoxy.Cli.Entra;

/// <summary>Unique ids of the connectors' service accounts: from an option, from psoxy.yaml, or from gcloud, in this order.</summary>
internal sealed class Subjects
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    /// <param name="given"><c>CONNECTOR=ID</c> each.</param>
    /// <param name="settings">The deployment.</param>
    /// <exception cref="UsageException">One of them is not that.</exception>
    public Subjects(IEnumerable<string> given, DeploymentSettings settings)
    {
        foreach (var text in given)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || !GoogleAccount.IsUniqueId(parts[1])) throw new UsageException($"--subject takes CONNECTOR=ID, where ID is the unique id of its service account, a number of about 21 digits; not '{text}'.");
            _given[SettingsSource.Choose(settings, parts[0]).Connector.Id] = parts[1];
        }
    }

    public static Option<string[]> Option() => new("--subject")
    {
        Description = "Unique id of a connector's service account; without it psoxy.yaml's, or gcloud is asked. May be repeated.",
        HelpName = "CONNECTOR=ID",
        DefaultValueFactory = _ => [],
    };

    /// <summary>What is known of the connector's account.</summary>
    public async Task<ServiceAccount> FindAsync(DeploymentSettings settings, ConnectorSettings connector, CancellationToken cancellation)
    {
        var known = _given.GetValueOrDefault(connector.Connector.Id) ?? connector.Subject;
        return known is null ? await ServiceAccount.AskAsync(settings, connector, cancellation) : new(known, null, false);
    }
}
