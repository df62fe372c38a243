using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary><c>psoxy entra destroy</c>: deletes the applications that <c>apply</c> made; of one that was taken over only the federated credential that it added.</summary>
internal static class DestroyCommand
{
    public static Command Create(EntraOptions options)
    {
        var connectors = SettingsSource.ConnectorsOption();
        var yes = EntraOptions.Yes();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be deleted, delete nothing." };
        var purge = new Option<bool>("--purge") { Description = "For good; else a deleted application can be restored for 30 days." };
        var command = new Command("destroy", "Delete the applications that were made for this deployment. Asks first.") { connectors, yes, dryRun, purge, options.Config, options.Auth };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async session =>
        {
            var names = parsed.GetRequiredValue(connectors);
            var chosen = SettingsSource.Choose(session.Settings, names);
            var (made, adopted) = await FindAsync(session, chosen, withOrphans: names.Length == 0, cancellation);
            foreach (var one in made) session.Output.WriteLine($"  - delete '{one.DisplayName}', client id {one.ClientId}, with all that was granted to it");
            foreach (var (connector, application, credential, certificates) in adopted)
            {
                session.Output.WriteLine($"  {(credential is null ? ' ' : '-')} '{application.DisplayName}', client id {application.ClientId}, was taken over for {connector.Connector.Id} and stays{(credential is null ? "" : $"; its federated credential '{credential.Name}' goes")}");
                foreach (var certificate in certificates) session.Output.WriteLine($"  ! its certificate {certificate.DisplayName} stays with it: 'psoxy entra certificate retire --connector {connector.Connector.Id}' removes it once psoxy.yaml says 'credential: federated'");
            }

            if (made.Count + adopted.Count(one => one.Credential is not null) == 0) session.Output.WriteLine("There is nothing to delete.");
            else if (!parsed.GetValue(dryRun) && options.Confirm(parsed.GetValue(yes), "Delete this?")) await RunAsync(session, made, adopted, parsed.GetValue(purge), cancellation);
            else session.Output.WriteLine("Nothing was deleted.");
            return ExitCode.Ok;
        }, cancellation));
        return command;
    }

    private static async Task<(List<TenantApplication> Made, List<Adopted> Adopted)> FindAsync(EntraSession session, IEnumerable<ConnectorSettings> chosen, bool withOrphans, CancellationToken cancellation)
    {
        var (made, adopted) = (new List<TenantApplication>(), new List<Adopted>());
        foreach (var connector in chosen)
        {
            var name = session.Settings.UniqueNameOf(connector);
            if (await session.Reader.ByUniqueNameAsync(name, cancellation) is { } own) made.Add(own);
            if (connector.ClientId is { } id && made.All(one => one.ClientId != id) && await session.Reader.ByClientIdAsync(id, cancellation) is { } other)
                adopted.Add(new(connector, other, other.Credentials.FirstOrDefault(credential => credential.Name == name), Certificates(session, connector, other)));
        }

        if (withOrphans) made.AddRange(await PlanMaker.OrphansAsync(session, cancellation));
        return (made, adopted);
    }

    private static async Task RunAsync(EntraSession session, List<TenantApplication> made, List<Adopted> adopted, bool purge, CancellationToken cancellation)
    {
        foreach (var one in made)
        {
            await MustAsync(() => session.Api.DeleteAsync($"/applications/{one.ObjectId}", cancellation), $"delete '{one.DisplayName}'");
            if (purge) await PurgeAsync(session, one, cancellation);
            session.Output.WriteLine($"done: '{one.DisplayName}' is deleted{(purge ? " for good" : "; it can be restored for 30 days")}");
            foreach (var connector in session.Settings.Connectors.Where(connector => connector.ClientId == one.ClientId))
                if (!SettingsEdit.RemoveClientId(session.File, connector.Connector.Id)) session.Output.WriteLine($"Take 'clientId: {one.ClientId}' out of {session.File}.");
        }

        foreach (var (_, application, credential, _) in adopted)
        {
            if (credential is null) continue;
            await MustAsync(() => session.Api.DeleteAsync($"/applications/{application.ObjectId}/federatedIdentityCredentials/{credential.Id}", cancellation), $"remove the federated credential '{credential.Name}'");
            session.Output.WriteLine($"done: '{application.DisplayName}' no longer trusts the service account; it stays, with its permissions and what was granted to it");
        }
    }

    private static async Task PurgeAsync(EntraSession session, TenantApplication application, CancellationToken cancellation)
    {
        var answer = await Eventually.AskAsync(session.Api, () => session.Api.DeleteAsync($"/directory/deletedItems/{application.ObjectId}", cancellation), found => found.IsMissing, "the deleted application", cancellation);
        if (!answer.IsSuccess) throw GraphRefusal.Of(answer, $"purge '{application.DisplayName}', which is deleted");
    }

    private static async Task MustAsync(Func<Task<GraphAnswer>> send, string wanted)
    {
        var answer = await send();
        if (!answer.IsSuccess) throw GraphRefusal.Of(answer, wanted);
    }

    private static IReadOnlyList<TenantCertificate> Certificates(EntraSession session, ConnectorSettings connector, TenantApplication application)
    {
        var ours = new WantedCertificate(session.Settings.CertificateSecretOf(connector), null);
        return [.. application.Certificates.Where(certificate => ours.VersionOf(certificate) is not null)];
    }

    private sealed record Adopted(ConnectorSettings Connector, TenantApplication Application, FederatedCredential? Credential, IReadOnlyList<TenantCertificate> Certificates);
}
