using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary>Reads the tenant and plans for connectors.</summary>
internal sealed class PlanMaker(EntraSession session, Subjects subjects, bool removesCredentials)
{
    private readonly Planner _planner = new(session.Permissions, removesCredentials);

    public async Task<IReadOnlyList<PlannedApplication>> MakeAsync(IEnumerable<ConnectorSettings> connectors, CancellationToken cancellation)
    {
        var owners = await session.OwnersAsync(cancellation);
        var plans = new List<PlannedApplication>();
        foreach (var connector in connectors)
        {
            var account = await subjects.FindAsync(session.Settings, connector, cancellation);
            var wanted = WantedApplication.Of(session.Settings, connector, session.Permissions, account.UniqueId, owners) with { AwaitsAccount = account.IsMissing };
            var actual = await session.FindAsync(connector, cancellation);
            var findings = _planner.Plan(wanted, actual);
            if (account.IsMissing) findings = [new(FindingKind.Create, $"make the service account {session.Settings.ServiceAccountOf(connector)}", new Step.CreateAccount()), .. findings];
            plans.Add(new(connector, wanted, actual, findings, account.Why));
        }

        return plans;
    }

    /// <summary>The same plan, now that there is an account.</summary>
    public PlannedApplication With(PlannedApplication plan, string subject)
    {
        var wanted = plan.Wanted with { Subject = subject, AwaitsAccount = false };
        return plan with { Wanted = wanted, Findings = _planner.Plan(wanted, plan.Actual) };
    }

    /// <summary>The same application once more, as the tenant has it now.</summary>
    public async Task<PlannedApplication> AgainAsync(PlannedApplication plan, CancellationToken cancellation)
    {
        var actual = plan.Actual is { } known ? await session.Reader.ByClientIdAsync(known.ClientId, cancellation) : await session.Reader.ByUniqueNameAsync(plan.Wanted.UniqueName, cancellation);
        return plan with { Actual = actual, Findings = _planner.Plan(plan.Wanted, actual) };
    }

    /// <summary>Applications that were made for connectors which psoxy.yaml does not name any more.</summary>
    public static async Task<IReadOnlyList<TenantApplication>> OrphansAsync(EntraSession session, CancellationToken cancellation)
    {
        var names = session.Settings.Connectors.Select(session.Settings.UniqueNameOf).ToHashSet(StringComparer.Ordinal);
        return [.. (await session.Reader.TaggedAsync(WantedApplication.TagOf(session.Settings), cancellation)).Where(application => application.UniqueName is { } name && !names.Contains(name))];
    }
}
