using System.Globalization;
using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor.Checks;

/// <summary>The function as Google describes it, against psoxy.yaml.</summary>
internal static class FunctionChecks
{
    private const string Runtime = "dotnet10";
    private static readonly string[] Variables = ["PSOXY_SALT", "PSOXY_ENCRYPTION_KEY"];

    public static IReadOnlyList<ConnectorCheck> All { get; } =
    [
        new("function", "the function is there, in its region, of the second generation, and active", IsThere),
        new("build", "runtime and entry point", Build),
        new("runs-as", "it runs as its own service account", RunsAs),
        new("injected-secrets", "the platform gives it salt and key, by number", Secrets),
        new("environment", "its other variables are those that psoxy.yaml says (values are not shown)", EnvironmentCheck.Judge),
        new("instances", "memory, instances, timeout and concurrency", Instances),
    ];

    private static Verdict IsThere(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!facts.Functions.Has(out var functions, out var otherwise)) return otherwise;
        var (name, region, deploy) = (facts.Settings.NameOf(connector.Settings), facts.Settings.Region, facts.Fix.Deploy(connector.Settings));
        if (facts.FunctionOf(connector).Value is not { } function)
        {
            return functions.FirstOrDefault(other => other.Name == name) is { } elsewhere
                ? Verdict.Wrong($"{name} is in {elsewhere.Region}, and psoxy.yaml says {region}", $"{deploy}   # or correct 'region' in psoxy.yaml; what is not needed: {facts.Fix.Gcloud($"functions delete {name} --gen2 --region={elsewhere.Region}")}")
                : Verdict.Wrong($"there is no function {name} in {region}", deploy);
        }

        if (function.IsFirstGeneration) return Verdict.Wrong($"{name} is of the first generation, which has no .NET 10", $"{facts.Fix.Gcloud($"functions delete {name} --region={region}")} && {deploy}");
        var said = function.Messages.Count > 0 ? ": " + Cut(string.Join(' ', function.Messages)) : "";
        var builds = facts.Fix.Gcloud($"builds list --region={region} --limit=3");
        return function.State switch
        {
            "ACTIVE" when said.Length > 0 => Verdict.Warn($"the last deployment failed, and the revision before it goes on{said}", $"{deploy}   # the log: {builds}"),
            "ACTIVE" => Verdict.Ok($"{name} in {region}, active"),
            "FAILED" => Verdict.Wrong($"its deployment failed{said}", $"{deploy}   # the log: {builds}"),
            "DEPLOYING" => Verdict.Warn("it is being deployed right now", "run psoxy doctor again in a minute"),
            var state => Verdict.Wrong($"it is {state}{said}", deploy),
        };
    }

    private static Verdict Build(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!facts.FunctionOf(connector).Has(out var function, out var otherwise)) return otherwise;
        var entryPoint = connector.Settings.Connector.FunctionClass;
        var wrong = new List<string>();
        if (function.EntryPoint != entryPoint) wrong.Add($"the entry point is {function.EntryPoint}, and should be {entryPoint}");
        if (function.Runtime != Runtime) wrong.Add($"the runtime is {function.Runtime}, and should be {Runtime}");
        return wrong.Count == 0 ? Verdict.Ok($"{Runtime}, {entryPoint}") : Verdict.Wrong(string.Join("; ", wrong), facts.Fix.Change(connector.Settings, $"--runtime={Runtime} --entry-point={entryPoint}"));
    }

    private static Verdict RunsAs(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!facts.FunctionOf(connector).Has(out var function, out var otherwise)) return otherwise;
        var email = facts.Settings.ServiceAccountOf(connector.Settings);
        return function.ServiceAccount == email
            ? Verdict.Ok($"as {email}")
            : Verdict.Wrong($"it runs as {function.ServiceAccount}, which the federated credential does not know, and not as {email}", facts.Fix.Change(connector.Settings, $"--service-account={email}"));
    }

    private static Verdict Secrets(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!facts.FunctionOf(connector).Has(out var function, out var otherwise)) return otherwise;
        var (wanted, wrong) = (new[] { facts.SaltName, facts.EncryptionKeyName }, new List<string>());
        foreach (var (variable, secret) in Variables.Zip(wanted))
        {
            if (function.Secrets.TryGetValue(variable, out var given))
            {
                if (given.Version == "latest") wrong.Add($"{variable} is the latest version of {given.Id}: every pseudonym changes on the day that somebody adds one");
                else if (given.Id != secret.Id || given.Version != secret.Version || !IsProject(facts, given.Project, secret.Project))
                    wrong.Add($"{variable} is version {given.Version} of {given.Id}{(given.Id == secret.Id && given.Version == secret.Version ? $" of the project {given.Project}" : "")}, and psoxy.yaml says version {secret.Version} of {secret.Id}: other pseudonyms");
            }
            else if (function.Environment.ContainsKey(variable)) wrong.Add($"{variable} is a plain variable, which everybody can read who may look at the function");
            else wrong.Add($"{variable} is not given to it");
        }

        var flags = string.Join(',', Variables.Zip(wanted).Select(pair => $"{pair.First}={pair.Second.Flag}"));
        var plain = Variables.Where(function.Environment.ContainsKey).ToList();
        return wrong.Count == 0
            ? Verdict.Ok("both, by number")
            : Verdict.Wrong(string.Join("; ", wrong), facts.Fix.Change(connector.Settings, (plain.Count > 0 ? $"--remove-env-vars={string.Join(',', plain)} " : "") + "--set-secrets=" + flags));
    }

    // Google names the project by its number.
    private static bool IsProject(DeploymentFacts facts, string given, string wanted) =>
        given == wanted || given.Length == 0 || (wanted == facts.Settings.Project ? facts.Project.Value is not { } project || given == project.Number : given.All(char.IsAsciiDigit));

    private static Verdict Instances(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!facts.FunctionOf(connector).Has(out var function, out var otherwise)) return otherwise;
        var settings = facts.Settings;
        (string Name, string Is, string Should, string Flag)[] all =
        [
            ("memory", function.Memory, settings.Memory, "memory"),
            ("instances at least", Number(function.MinInstances), Number(settings.MinInstances), "min-instances"),
            ("instances at most", Number(function.MaxInstances), Number(settings.MaxInstances), "max-instances"),
            ("timeout", Number(function.Timeout) + "s", Number(settings.Timeout) + "s", "timeout"),
        ];
        var wrong = all.Where(each => each.Is != each.Should).ToList();
        if (wrong.Count > 0)
            return Verdict.Warn(string.Join("; ", wrong.Select(each => $"{each.Name} {each.Is}, and psoxy.yaml says {each.Should}")), facts.Fix.Change(connector.Settings, string.Join(' ', wrong.Select(each => $"--{each.Flag}={each.Should}"))));
        return function.Concurrency > MostConcurrency
            ? Verdict.Warn($"an instance takes {function.Concurrency} requests at a time, which its memory may not hold", facts.Fix.Change(connector.Settings, "--concurrency=1"))
            : Verdict.Ok($"{function.Memory}, {function.MinInstances} to {function.MaxInstances} instances, {function.Timeout} s");
    }

    private const int MostConcurrency = 80;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length <= 400 ? text : text[..400] + "…";
}
