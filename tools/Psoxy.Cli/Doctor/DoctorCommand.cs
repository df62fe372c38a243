using System.CommandLine;
using Psoxy.Cli.Deployment;
using Psoxy.Cli.Doctor.Gathering;
using Psoxy.Cli.Entra;

namespace Psoxy.Cli.Doctor;

/// <summary><c>psoxy doctor</c>: looks at everything between a caller and a row of data, and says what is wrong and what mends it. Changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create(EntraContext? context)
    {
        var (config, connectors, auth, json) = (SettingsSource.Option(), SettingsSource.ConnectorsOption(), SignIn.Option(), JsonOutput.Option());
        var command = new Command("doctor", "Say what is wrong between a caller and a row of data, and the command that mends it. Changes nothing. Exit code 0, or 1 if something is wrong; warnings leave it at 0.")
        {
            config, connectors, auth, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (io, file) = (parsed.InvocationConfiguration, parsed.GetRequiredValue(config));
            if (SettingsSource.Read(file, io.Error) is not { } settings) return ExitCode.InvalidFile;
            var chosen = SettingsSource.Choose(settings, parsed.GetRequiredValue(connectors));
            var survey = new Survey(context ?? new EntraContext(), parsed.GetRequiredValue(auth), file, settings, chosen, io, cancellation);
            var findings = Diagnosis.Of(await survey.MakeAsync());
            if (parsed.GetValue(json)) DoctorReport.WriteJson(io.Output, findings);
            else DoctorReport.WriteText(io.Output, findings);
            return DoctorReport.IsWell(findings) ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
