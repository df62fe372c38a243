using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary><c>psoxy entra plan</c>: what <c>apply</c> would do, and what somebody should look at.</summary>
internal static class PlanCommand
{
    public static Command Create(EntraOptions options)
    {
        var connectors = SettingsSource.ConnectorsOption();
        var subjects = Subjects.Option();
        var remove = ApplyCommand.RemoveOption();
        var strict = new Option<bool>("--strict") { Description = "Warnings count as changes." };
        var json = JsonOutput.Option();
        var command = new DifferenceCommand("plan", "Show how the tenant's applications differ from what they should be. Exit code 0 none, 2 changes, 1 error.") { connectors, subjects, remove, strict, json, options.Config, options.Auth };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async session =>
        {
            var chosen = SettingsSource.Choose(session.Settings, parsed.GetRequiredValue(connectors));
            var plans = await new PlanMaker(session, new Subjects(parsed.GetRequiredValue(subjects), session.Settings), parsed.GetValue(remove)).MakeAsync(chosen, cancellation);
            var orphans = await PlanMaker.OrphansAsync(session, cancellation);
            if (parsed.GetValue(json)) JsonOutput.Write(session.Output, writer => PlanView.WriteJson(writer, plans, orphans));
            else PlanView.WriteText(session.Output, plans, orphans);
            var warnings = plans.Sum(plan => plan.Warnings) + orphans.Count;
            return plans.Any(plan => plan.Changes > 0) || (parsed.GetValue(strict) && warnings > 0) ? ExitCode.Differs : ExitCode.Ok;
        }, cancellation));
        return command;
    }
}
