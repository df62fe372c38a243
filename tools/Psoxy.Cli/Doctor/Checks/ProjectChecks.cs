using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor.Checks;

/// <summary>The engineer's tools and rights, and the project.</summary>
internal static class ProjectChecks
{
    public static IReadOnlyList<DeploymentCheck> All { get; } =
    [
        new("gcloud", "gcloud is on this machine", Gcloud),
        new("sign-in", "somebody is signed in to gcloud", SignIn),
        new("project", "the project is there, and active", Project),
        new("billing", "a billing account pays for it", Billing),
        new("apis", "the APIs that a deployment needs are enabled", Apis),
        new("rights", "you may read all that is looked at here, and Google answered", Rights),
    ];

    /// <summary>The same that deploy.sh enables.</summary>
    public static IReadOnlyList<string> NeededApis { get; } =
        [.. new[] { "artifactregistry", "cloudbuild", "cloudfunctions", "cloudresourcemanager", "iam", "run", "secretmanager" }.Select(api => api + ".googleapis.com")];

    private static readonly string[] ReaderRoles = ["roles/viewer", "roles/iam.securityReviewer"];

    private static Verdict Gcloud(DeploymentFacts facts) => facts.Engineer.Standing == Standing.Failed
        ? Verdict.Wrong(facts.Engineer.Why, "install the Google Cloud CLI, and see that 'gcloud' is on PATH")
        : Verdict.Ok("it is here");

    private static Verdict SignIn(DeploymentFacts facts) => facts.Engineer switch
    {
        { Standing: Standing.Known, Value: var account } => Verdict.Ok($"as {account}"),
        { Standing: Standing.Failed } => Verdict.NotAsked("not asked, because " + facts.Engineer.Why),
        _ => Verdict.Wrong("nobody is signed in to gcloud", "gcloud auth login"),
    };

    private static Verdict Project(DeploymentFacts facts)
    {
        var id = facts.Settings.Project;
        if (facts.Project.Standing is Standing.Missing or Standing.Refused)
            return Verdict.Wrong($"there is no project {id}, or {facts.Engineer.Value} may not see it", "gcloud projects list   # then correct 'project' in psoxy.yaml, or: gcloud auth login");
        if (!facts.Project.Has(out var project, out var otherwise)) return otherwise;
        return project.State is "ACTIVE" or "" ? Verdict.Ok($"{id}, number {project.Number}") : Verdict.Wrong($"the project {id} is {project.State}", $"gcloud projects undelete {id}");
    }

    // Who pays is often not for engineers to see: that alone is no fault.
    private static Verdict Billing(DeploymentFacts facts)
    {
        if (!facts.Billing.Has(out var isEnabled, out var otherwise)) return otherwise;
        return isEnabled.Equals("true", StringComparison.OrdinalIgnoreCase)
            ? Verdict.Ok("somebody pays")
            : Verdict.Wrong("no billing account pays for the project: functions neither build nor run", $"gcloud billing projects link {facts.Settings.Project} --billing-account=ACCOUNT   # one of: gcloud billing accounts list");
    }

    private static Verdict Apis(DeploymentFacts facts)
    {
        if (!facts.Apis.Has(out var enabled, out var otherwise)) return otherwise;
        var missing = NeededApis.Except(enabled, StringComparer.Ordinal).ToList();
        return missing.Count == 0 ? Verdict.Ok("all are enabled") : Verdict.Wrong($"not enabled: {string.Join(", ", missing)}", facts.Fix.Gcloud($"services enable {string.Join(' ', missing)}"));
    }

    private static Verdict Rights(DeploymentFacts facts)
    {
        if (!facts.Engineer.Has(out var engineer, out var otherwise)) return otherwise;
        var asked = Asked(facts).ToList();
        var refused = asked.Where(fact => fact.Standing == Standing.Refused).ToList();
        if (refused.Count > 0)
        {
            var member = (engineer.EndsWith(".gserviceaccount.com", StringComparison.Ordinal) ? "serviceAccount:" : "user:") + engineer;
            return Verdict.Wrong(
                $"{engineer} may not read {string.Join(", ", refused.Select(fact => fact.What))}",
                string.Join(" && ", ReaderRoles.Select(role => $"gcloud projects add-iam-policy-binding {facts.Settings.Project} --member={member} --role={role} --condition=None")));
        }

        var failed = asked.Where(fact => fact.Standing == Standing.Failed).ToList();
        return failed.Count > 0
            ? Verdict.Wrong($"Google did not tell {string.Join(", ", failed.Select(fact => fact.What))}: {failed[0].Why}", failed[0].Why.Contains("gcloud auth login", StringComparison.Ordinal) ? "gcloud auth login" : "run psoxy doctor again; if it stays: gcloud info --run-diagnostics")
            : Verdict.Ok("nothing was refused");
    }

    private static IEnumerable<(string What, Standing Standing, string Why)> Asked(DeploymentFacts facts) =>
    [
        Of("the project", facts.Project),
        Of("which APIs are enabled", facts.Apis),
        Of("the project's policy", facts.ProjectPolicy),
        Of("the salt's version", facts.Salt),
        Of("the encryption key's version", facts.EncryptionKey),
        Of("who may read the salt", facts.SaltPolicy),
        Of("who may read the encryption key", facts.EncryptionKeyPolicy),
        Of("the functions", facts.Functions),
        .. facts.Connectors.SelectMany(connector => new[]
        {
            Of($"the service account of {connector.Settings.Connector.Id}", connector.Account),
            Of($"who may call {connector.Settings.Connector.Id}", connector.Invokers),
        }),
    ];

    private static (string What, Standing Standing, string Why) Of<T>(string what, Fact<T> fact)
        where T : class => (what, fact.Standing, fact.Why);
}
