using System.CommandLine;
using Psoxy.Cli.Entra.Certificates;

namespace Psoxy.Cli.Entra;

/// <summary><c>psoxy entra</c>: the Entra applications of a deployment.</summary>
internal static class EntraCommand
{
    public static Command Create(EntraContext? context = null)
    {
        var options = new EntraOptions(context ?? new EntraContext());
        return new("entra", "Plan, make, take over and remove the Entra applications of psoxy.yaml.")
        {
            AdoptCommand.Create(options),
            ApplyCommand.Create(options),
            CertificateCommand.Create(options),
            ConsentCommand.Create(options),
            DestroyCommand.Create(options),
            ErrorsCommand.Create(),
            ExplainErrorCommand.Create(),
            PlanCommand.Create(options),
        };
    }
}
