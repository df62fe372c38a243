using Psoxy.Cli.Deployment;
using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor.Checks;

/// <summary>Drift of a function's variables, told by name.</summary>
internal static class EnvironmentCheck
{
    // Google adds the first; the others are injected, or have a check of their own.
    private static readonly HashSet<string> Others = new(["LOG_EXECUTION_ID", "PSOXY_SALT", "PSOXY_ENCRYPTION_KEY"], StringComparer.Ordinal);

    public static Verdict Judge(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!facts.FunctionOf(connector).Has(out var function, out var otherwise)) return otherwise;
        if (connector.Settings.ClientId is not { } clientId) return Verdict.NotAsked("not asked, because psoxy.yaml has no clientId yet");
        var wanted = FunctionEnvironment.Of(facts.Settings, connector.Settings, clientId, []).Where(variable => !Others.Contains(variable.Key)).ToDictionary(StringComparer.Ordinal);
        var missing = wanted.Keys.Where(name => !function.Environment.ContainsKey(name)).ToList();
        var other = wanted.Where(variable => function.Environment.TryGetValue(variable.Key, out var value) && !IsSame(variable.Key, value, variable.Value)).Select(variable => variable.Key).ToList();
        var unknown = function.Environment.Keys.Where(name => !wanted.ContainsKey(name) && !Others.Contains(name)).Order(StringComparer.Ordinal).ToList();
        (string Text, List<string> Names)[] kinds = [("missing", missing), ("other than psoxy.yaml says", other), ("not from psoxy.yaml", unknown)];
        var texts = kinds.Where(kind => kind.Names.Count > 0).Select(kind => $"{kind.Text}: {string.Join(", ", kind.Names)}").ToList();
        if (texts.Count == 0) return Verdict.Ok($"{wanted.Count} variables, as psoxy.yaml says");
        var what = string.Join("; ", texts);
        var fix = facts.Fix.Redeploy(connector.Settings);
        return missing.Count + other.Count > 0 ? Verdict.Wrong(what, fix) : Verdict.Warn(what, fix);
    }

    // A deployment may have added URLs that it was given.
    private static bool IsSame(string name, string value, string wanted) =>
        value == wanted || (name == "CALLER_AUDIENCES" && wanted.Split(',').All(value.Split(',').Contains));
}
