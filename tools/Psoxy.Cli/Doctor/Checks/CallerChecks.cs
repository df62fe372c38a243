using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor.Checks;

/// <summary>Whether callers, and nobody else, get as far as the function.</summary>
internal static class CallerChecks
{
    private const string Invoker = "roles/run.invoker";
    private static readonly string[] Anybody = ["allUsers", "allAuthenticatedUsers"];

    public static IReadOnlyList<ConnectorCheck> All { get; } =
    [
        new("ingress", "callers reach it from outside, and it reaches Microsoft", Ingress),
        new("callers", "the callers of psoxy.yaml may call, and nobody else", Callers),
    ];

    private static Verdict Ingress(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!facts.FunctionOf(connector).Has(out var function, out var otherwise)) return otherwise;
        if (function.Ingress == "ALLOW_INTERNAL_ONLY")
            return Verdict.Wrong("it takes calls from inside the project only: callers elsewhere get 404", facts.Fix.Change(connector.Settings, "--ingress-settings=all"));
        if (function.Ingress == "ALLOW_INTERNAL_AND_GCLB")
            return Verdict.Warn("it takes calls from inside and through a load balancer only: its own URL answers 404", facts.Fix.Change(connector.Settings, "--ingress-settings=all") + "   # unless there is a load balancer");
        return function.Egress == "ALL_TRAFFIC"
            ? Verdict.Warn("all that it sends goes through the VPC: without NAT there, it does not reach Microsoft", facts.Fix.Change(connector.Settings, "--egress-settings=private-ranges-only"))
            : Verdict.Ok("from anywhere, as far as IAM lets them");
    }

    private static Verdict Callers(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!facts.FunctionOf(connector).Has(out _, out var otherwise) || !connector.Invokers.Has(out var policy, out otherwise)) return otherwise;
        var (settings, name) = (facts.Settings, facts.Settings.NameOf(connector.Settings));
        var actual = policy.MembersOf(Invoker).Where(member => !SecretChecks.IsGone(member)).ToList();
        string Change(string verb, string member) => facts.Fix.Gcloud($"functions {verb}-invoker-policy-binding {name} --region={settings.Region} --member={FixCommands.Quote(member)}");
        var isOpen = actual.Any(Anybody.Contains);
        var missing = isOpen ? [] : settings.Invokers.Except(actual, StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            return Verdict.Wrong(actual.Count == 0 ? "nobody may call it" : $"{string.Join(", ", missing)} may not call it", string.Join(" && ", missing.Select(member => Change("add", member))));
        if (actual.Count == 0) return Verdict.Warn("nobody may call it, and psoxy.yaml names no callers", $"name them under 'callers' in {facts.File}, then: {facts.Fix.Deploy(connector.Settings)}");
        var extra = actual.Except(settings.Invokers, StringComparer.Ordinal).OrderByDescending(Anybody.Contains).ToList();
        if (extra.Count == 0) return Verdict.Ok(string.Join(", ", actual));
        var open = isOpen ? "everybody on the internet gets as far as the function: " : "not in psoxy.yaml, and may call: ";
        return Verdict.Warn(open + string.Join(", ", extra), string.Join(" && ", extra.Select(member => Change("remove", member))));
    }
}
