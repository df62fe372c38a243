using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary><c>psoxy entra apply</c>: makes the tenant's applications what they should be.</summary>
internal static class ApplyCommand
{
    // A tenant's replicas may take two minutes to agree.
    private static readonly int[] CheckSeconds = [1, 2, 4, 8, 15, 30, 30];

    public static Command Create(EntraOptions options)
    {
        var connectors = SettingsSource.ConnectorsOption();
        var subjects = Subjects.Option();
        var remove = RemoveOption();
        var yes = EntraOptions.Yes();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be done, do nothing." };
        var command = new Command("apply", "Make the applications what they should be. Asks first; may be run again at any time, and after a failure goes on from there.")
        {
            connectors, subjects, remove, yes, dryRun, options.Config, options.Auth,
        };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async session =>
        {
            var chosen = SettingsSource.Choose(session.Settings, parsed.GetRequiredValue(connectors));
            var maker = new PlanMaker(session, new Subjects(parsed.GetRequiredValue(subjects), session.Settings), parsed.GetValue(remove));
            var plans = await maker.MakeAsync(chosen, cancellation);
            PlanView.WriteText(session.Output, plans, []);
            if (parsed.GetValue(dryRun)) return ExitCode.Ok;
            if (plans.FirstOrDefault(plan => plan.Missing is not null) is { } unknown)
                throw new EntraException($"{unknown.Missing}. Sign in to gcloud, or give '--subject {unknown.Connector.Connector.Id}=ID'. Nothing was changed.");
            if (plans.Any(plan => plan.Changes > 0) && !options.Confirm(parsed.GetValue(yes), "Do this?"))
            {
                session.Output.WriteLine("Nothing was changed.");
                return ExitCode.Ok;
            }

            return await RunAsync(session, maker, plans, cancellation);
        }, cancellation));
        return command;
    }

    public static Option<bool> RemoveOption() => new("--remove-credentials") { Description = "Remove federated credentials, secrets and certificates that nothing here needs." };

    private static async Task<int> RunAsync(EntraSession session, PlanMaker maker, IReadOnlyList<PlannedApplication> plans, CancellationToken cancellation)
    {
        var done = 0;
        foreach (var planned in plans)
        {
            var plan = planned;
            var id = plan.Connector.Connector.Id;
            void Tell(string text)
            {
                done++;
                session.Output.WriteLine($"{id}: done: {text}");
            }

            if (plan.Wanted.AwaitsAccount)
            {
                plan = maker.With(plan, await ServiceAccount.MakeAsync(session, plan.Connector, cancellation));
                Tell(planned.Findings[0].Text);
            }

            var applier = new Applier(session.Api, session.Reader, Tell);
            if (plan.Changes > 0) await applier.RunAsync(plan.Wanted, plan.Actual, plan.Findings, clientId => Record(session, plan.Connector, clientId), cancellation);
            else if (plan.Actual is { } actual) Record(session, plan.Connector, actual.ClientId);
            if (plan.Changes > 0) await CheckAsync(session, maker, plan, cancellation);
        }

        session.Output.WriteLine($"{PlanView.Number(done, "change")} made. Next: 'psoxy entra consent' writes what an administrator has to do; tokens may take some minutes to be given out.");
        return ExitCode.Ok;
    }

    // So that who deploys to Google Cloud needs no account in the tenant.
    private static void Record(EntraSession session, ConnectorSettings connector, string clientId)
    {
        if (connector.ClientId == clientId) return;
        session.Output.WriteLine(SettingsEdit.SetClientId(session.File, connector.Connector.Id, clientId)
            ? $"{connector.Connector.Id}: clientId {clientId} is written into {session.File}"
            : $"{connector.Connector.Id}: write 'clientId: {clientId}' below its id in {session.File}");
    }

    // What Entra says it did is looked at once more, until every replica says the same.
    private static async Task CheckAsync(EntraSession session, PlanMaker maker, PlannedApplication plan, CancellationToken cancellation)
    {
        foreach (var seconds in CheckSeconds)
        {
            if ((await maker.AgainAsync(plan, cancellation)).Changes == 0) return;
            await session.Api.WaitAsync(TimeSpan.FromSeconds(seconds), "Entra does not show all of it yet", cancellation);
        }

        if ((await maker.AgainAsync(plan, cancellation)).Changes == 0) return;
        throw new EntraException($"the application of {plan.Connector.Connector.Id} is not yet as it should be: 'psoxy entra plan' shows what is left; run 'psoxy entra apply' again.");
    }
}
