using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra.Certificates;

/// <summary><c>psoxy entra certificate retire</c>: takes away what the function no longer signs in with.</summary>
internal static class RetireCommand
{
    public static Command Create(EntraOptions options)
    {
        var connector = CertificateCommand.Connector();
        var (yes, dryRun) = (EntraOptions.Yes(), CertificateCommand.DryRun());
        var command = new Command("retire", "Take away all certificates and keys of a connector but the one that its function runs with; all of them where psoxy.yaml says 'credential: federated'. Asks first.")
        {
            connector, yes, dryRun, options.Config, options.Auth,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async session =>
        {
            var chosen = SettingsSource.Choose(session.Settings, parsed.GetRequiredValue(connector));
            var id = chosen.Connector.Id;
            var secret = new CertificateSecret(options.Context, session.Settings, chosen);
            var rotation = new CertificateRotation(session, chosen, secret);
            var state = await rotation.ReadAsync(cancellation);
            var kept = Keep(state, chosen, await secret.DeployedAsync(cancellation), session);
            List<(int Version, TenantCertificate Certificate)> certificates = [.. state.Registered.Where(pair => pair.Version != kept)];
            List<int> versions = [.. state.Versions.Select(version => version.Number).Where(version => version != kept)];
            if (certificates.Count + versions.Count == 0)
            {
                session.Output.WriteLine($"{id}: there is nothing to retire");
                return ExitCode.Ok;
            }

            session.Output.WriteLine(kept is { } one ? $"{id}: {secret.NameOf(one)} stays" : $"{id}: no certificate stays");
            foreach (var (_, certificate) in certificates) session.Output.WriteLine($"  - the certificate {certificate.DisplayName} ({certificate.Thumbprint}) in Entra");
            foreach (var version in versions) session.Output.WriteLine($"  - {secret.NameOf(version)}, for good");
            if (parsed.GetValue(dryRun)) return ExitCode.Ok;
            if (options.Confirm(parsed.GetValue(yes), "Do this?")) await rotation.RetireAsync(certificates, versions, cancellation);
            else session.Output.WriteLine("Nothing was changed.");
            return ExitCode.Ok;
        }, cancellation));
        return command;
    }

    // What the function runs with, not what somebody thinks that it does.
    private static int? Keep(CertificateState state, ConnectorSettings connector, DeployedCertificate deployed, EntraSession session)
    {
        var (id, name) = (connector.Connector.Id, session.Settings.NameOf(connector));
        if (connector.Credential != CredentialKind.Certificate)
        {
            return deployed.Version is { } still
                ? throw new EntraException($"{name} still signs in with {still}: './deploy.sh apply --connector {id}' deploys it with the federated credential that psoxy.yaml says. Nothing was retired.")
                : null;
        }

        var inUse = state.InUse
            ?? throw new EntraException($"the function of {id} could not sign in with the certificate that psoxy.yaml names: it is missing in Entra or in Secret Manager, or has expired. 'psoxy entra certificate create' or 'rotate' makes one. Nothing was retired.");
        if (deployed.IsThere && deployed.Version != state.Wanted.NameOf(inUse.Version))
        {
            throw new EntraException(
                $"{name} runs with {deployed.Version ?? "a federated credential"}, and psoxy.yaml names {state.Wanted.NameOf(inUse.Version)}: './deploy.sh apply --connector {id}' comes first. Nothing was retired.");
        }

        if (!deployed.IsThere) session.Output.WriteLine($"{id}: {name} is not deployed, so nothing signs in");
        return inUse.Version;
    }
}
