using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra.Certificates;

/// <summary><c>psoxy entra certificate</c>: for tenants that allow no federated credential.</summary>
internal static class CertificateCommand
{
    private const int Days = 365;
    private const int MostDays = 730;

    public static Command Create(EntraOptions options) => new("certificate", "Make, rotate and retire the certificates of connectors that may not have a federated credential. Keys go into Secret Manager and nowhere else.")
    {
        Make(options, "create", "Make a connector's first certificate: its key goes into Secret Manager, the certificate to Entra, its version into psoxy.yaml.", ChooseFirst),
        ListCommand.Create(options),
        RetireCommand.Create(options),
        Make(options, "rotate", "Make the next certificate; the one in use stays until 'retire'.", ChooseNext),
    };

    public static Option<string> Connector() => new("--connector", "-c") { Description = "Whose.", HelpName = "CONNECTOR", Required = true };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Show what would be done, do nothing." };

    private static Command Make(EntraOptions options, string name, string description, Func<CertificateState, string, Choice> choose)
    {
        var connector = Connector();
        var days = new Option<int>("--days") { Description = $"For how long it is good: 1 to {MostDays}; {Days} if not given.", HelpName = "N", DefaultValueFactory = _ => Days };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostDays) result.AddError($"--days takes a whole number from 1 to {MostDays}.");
        });
        var (yes, dryRun) = (EntraOptions.Yes(), DryRun());
        var command = new Command(name, description + " Asks first; may be run again, and after a failure goes on from there.") { connector, days, yes, dryRun, options.Config, options.Auth };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async session =>
        {
            var chosen = SettingsSource.Choose(session.Settings, parsed.GetRequiredValue(connector));
            var id = chosen.Connector.Id;
            if (chosen.Credential != CredentialKind.Certificate)
                throw new UsageException($"psoxy.yaml says 'credential: federated' for {id}, which is better: it has no key that could be copied. Where the tenant does not allow it, write 'credential: certificate' below its id.");
            var secret = new CertificateSecret(options.Context, session.Settings, chosen);
            var rotation = new CertificateRotation(session, chosen, secret);
            var choice = choose(await rotation.ReadAsync(cancellation), id);
            session.Output.WriteLine($"{id}: {choice.Text}");
            if (choice.IsDone || parsed.GetValue(dryRun)) return ExitCode.Ok;
            if (choice.Found is { } found) rotation.Name(found);
            else
            {
                session.Output.WriteLine($"  + a key pair and a certificate, good for {parsed.GetValue(days)} days; the key goes as a new version into the secret {secret.Id} of {session.Settings.Project}, the certificate to Entra");
                if (!options.Confirm(parsed.GetValue(yes), "Do this?")) session.Output.WriteLine("Nothing was changed.");
                else await rotation.MakeAsync(parsed.GetValue(days), cancellation);
            }

            return ExitCode.Ok;
        }, cancellation));
        return command;
    }

    private static Choice ChooseFirst(CertificateState state, string id) => (state.InUse, state.Next) switch
    {
        ({ } inUse, _) => new($"has its certificate, {Describe(inUse.Certificate)}; 'rotate' makes the next one", IsDone: true),
        (_, { } found) => Resume(found),
        _ => new("has no certificate that it can sign in with"),
    };

    private static Choice ChooseNext(CertificateState state, string id) => (state.InUse, state.Next) switch
    {
        _ when state.Wanted.InUse is null => throw new UsageException($"{id} has no certificate to be rotated: 'psoxy entra certificate create --connector {id}' makes the first one."),
        (_, { } found) => Resume(found),
        ({ } inUse, _) when state.Others.Any() => new(
            $"a rotation is under way: psoxy.yaml names {Describe(inUse.Certificate)}, and {string.Join(", ", state.Others.Select(pair => pair.Certificate.DisplayName))} is still accepted. Deploy, then 'psoxy entra certificate retire --connector {id}'.", IsDone: true),
        ({ } inUse, _) => new($"signs in with {Describe(inUse.Certificate)}"),
        _ => new("cannot sign in with the certificate that psoxy.yaml names: it has expired, or is not registered, or its key is gone"),
    };

    private static Choice Resume((int Version, TenantCertificate Certificate) found) => new($"an earlier run made {Describe(found.Certificate)}, and broke off before it wrote that into psoxy.yaml", found.Version);

    private static string Describe(TenantCertificate certificate) => $"{certificate.DisplayName} ({certificate.Thumbprint}, until {certificate.End:yyyy-MM-dd})";

    private sealed record Choice(string Text, int? Found = null, bool IsDone = false);
}
