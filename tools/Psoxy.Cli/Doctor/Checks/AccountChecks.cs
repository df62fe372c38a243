using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor.Checks;

/// <summary>The service account that a function runs as, and its roles: those that it needs and no others.</summary>
internal static class AccountChecks
{
    public static IReadOnlyList<ConnectorCheck> All { get; } =
    [
        new("service-account", "the service account is there, and enabled", IsThere),
        new("subject", "`subject` in psoxy.yaml, if it is set, is that account's unique id", Subject),
        new("secret-access", "the account may read salt and key", Access),
        new("least-privilege", "the account has no role on the whole project", Least),
    ];

    private static Verdict IsThere(DeploymentFacts facts, ConnectorFacts connector)
    {
        var email = facts.Settings.ServiceAccountOf(connector.Settings);
        if (connector.Account.Standing == Standing.Missing) return Verdict.Wrong($"there is no service account {email}", facts.Fix.Deploy(connector.Settings));
        if (!connector.Account.Has(out var account, out var otherwise)) return otherwise;
        return account.IsDisabled
            ? Verdict.Wrong($"{email} is disabled: the function gets no token", facts.Fix.Gcloud($"iam service-accounts enable {email}"))
            : Verdict.Ok($"{email}, unique id {account.UniqueId}");
    }

    private static Verdict Subject(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!connector.Account.Has(out var account, out var otherwise)) return otherwise;
        if (connector.Settings.Subject is not { } subject) return Verdict.Ok("psoxy.yaml leaves it to gcloud");
        return subject == account.UniqueId
            ? Verdict.Ok("the same")
            : Verdict.Wrong(
                $"psoxy.yaml says {subject}, the service account's unique id is {account.UniqueId}: it was deleted and made again, or it is another's",
                $"take 'subject' of {connector.Settings.Connector.Id} out of {facts.File}, then: {facts.Fix.Entra("apply", connector.Settings)}");
    }

    private static Verdict Access(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!connector.Account.Has(out _, out var otherwise) || !facts.SaltPolicy.Has(out var salt, out otherwise) || !facts.EncryptionKeyPolicy.Has(out var key, out otherwise)) return otherwise;
        var member = Member(facts, connector);
        if (facts.ProjectPolicy.Value?.RolesOf(member).Contains(SecretChecks.Accessor) == true) return Verdict.Ok("it may, by its role on the whole project");
        var missing = new[] { (Name: facts.SaltName, Policy: salt), (Name: facts.EncryptionKeyName, Policy: key) }.Where(secret => !secret.Policy.MembersOf(SecretChecks.Accessor).Contains(member)).ToList();
        if (missing.Count == 0) return Verdict.Ok("it may read both");
        var isAnew = missing.Any(secret => secret.Policy.MembersOf(SecretChecks.Accessor).Any(known => known.StartsWith($"deleted:{member}?", StringComparison.Ordinal)));
        return Verdict.Wrong(
            $"{member[(member.IndexOf(':', StringComparison.Ordinal) + 1)..]} may not read {string.Join(" and ", missing.Select(secret => secret.Name.Id))}{(isAnew ? ": the role is that of an account of this name which was deleted; who is made anew is another one" : "")}",
            string.Join(" && ", missing.Select(secret => FixCommands.Secret(secret.Name, $"add-iam-policy-binding {secret.Name.Id} --member={member} --role={SecretChecks.Accessor}"))));
    }

    private static Verdict Least(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!facts.ProjectPolicy.Has(out var policy, out var otherwise)) return otherwise;
        var member = Member(facts, connector);
        var roles = policy.RolesOf(member).ToList();
        return roles.Count == 0
            ? Verdict.Ok("none")
            : Verdict.Warn(
                $"it has {string.Join(", ", roles)} on the whole project, and needs {SecretChecks.Accessor} on the two secrets only",
                string.Join(" && ", roles.Select(role => $"gcloud projects remove-iam-policy-binding {facts.Settings.Project} --member={member} --role={role}")));
    }

    private static string Member(DeploymentFacts facts, ConnectorFacts connector) => "serviceAccount:" + facts.Settings.ServiceAccountOf(connector.Settings);
}
