using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary>Reads the tenant and plans for connectors.</summary>
internal sealed class PlanMaker(EntraSession session, Subjects subjects, bool removesCredentials)
{
    private readonly Planner _planner = new(session.Permissions, removesCredentials, session.Context.Time.GetUtcNow());

    public async Task<IReadOnlyList<PlannedApplication>> MakeAsync(IEnumerable<ConnectorSettings> connectors, CancellationToken cancellation)
    {
        var owners = await session.OwnersAsync(cancellation);
        var plans = new List<PlannedApplication>();
        foreach (var connector in connectors)
        {
            // Nobody need know the service account that no credential is for.
            var (subject, why) = connector.Credential == CredentialKind.Certificate ? (connector.Subject, null) : await subjects.FindAsync(session.Settings, connector, cancellation);
            var wanted = WantedApplication.Of(session.Settings, connector, session.Permissions, subject, owners);
            var actual = await session.FindAsync(connector, cancellation);
            plans.Add(new(connector, wanted, actual, _planner.Plan(wanted, actual), why));
        }

        return plans;
    }

    /// <summary>The same application once more, as the tenant has it now.</summary>
    public async Task<PlannedApplication> AgainAsync(PlannedApplication plan, CancellationToken cancellation)
    {
        var actual = await session.Reader.ByUniqueNameAsync(plan.Wanted.UniqueName, cancellation);
        if (plan.Actual is { } known && Planner.IsAdopted(plan.Wanted, known)) actual = await session.Reader.ByClientIdAsync(known.ClientId, cancellation);
        return plan with { Actual = actual, Findings = _planner.Plan(plan.Wanted, actual) };
    }

    /// <summary>Applications that were made for connectors which psoxy.yaml does not name any more.</summary>
    public static async Task<IReadOnlyList<TenantApplication>> OrphansAsync(EntraSession session, CancellationToken cancellation)
    {
        var names = session.Settings.Connectors.Select(session.Settings.UniqueNameOf).ToHashSet(StringComparer.Ordinal);
        return [.. (await session.Reader.TaggedAsync(WantedApplication.TagOf(session.Settings), cancellation)).Where(application => application.UniqueName is { } name && !names.Contains(name))];
    }
}
