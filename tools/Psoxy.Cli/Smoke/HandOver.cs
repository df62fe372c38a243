using System.Text;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Smoke;

/// <summary>Writes the hand-over.</summary>
internal static class HandOver
{
    public static string Write(DeploymentSettings settings, IReadOnlyList<HandOverEntry> entries)
    {
        var text = new StringBuilder()
            .Append("# Psoxy for Worklytics\n\n")
            .Append($"Google Cloud project `{settings.Project}`, region `{settings.Region}`; Entra tenant `{settings.Tenant}`. Nothing on this page is secret.\n\n")
            .Append("| data source | URL | function's service account | rules | build |\n|---|---|---|---|---|\n");
        foreach (var entry in entries)
            text.Append($"| {entry.Connector.Connector.DisplayName} (`{entry.Connector.Connector.Id}`) | {entry.Address} | `{settings.ServiceAccountOf(entry.Connector)}` | `{entry.Health.RulesSha}` | {entry.Health.Version} |\n");
        text.Append('\n').Append(Callers(settings)).Append('\n');
        var fingerprints = entries.Select(entry => entry.Health.SaltFingerprint).Distinct().ToList();
        text.Append(fingerprints.Count == 1
            ? $"Fingerprint of the salt, the same for all: `{fingerprints[0]}`. Every answer has it in `X-Psoxy-PII-Salt-Sha256`; if it ever differs, pseudonyms do too.\n"
            : "**The functions have different salts: the same person has different pseudonyms in each. That is hardly meant.**\n");
        text.Append("\n## To do\n\n")
            .Append("1. For each data source, set its URL and the service account that calls.\n")
            .Append("2. Run the requests below as that service account.\n")
            .Append("3. Compare the salt's fingerprint, and rules as above with `X-Psoxy-Rules-SHA`.\n")
            .Append("\nA token is for one URL; `TOKEN` goes to curl on standard input, where no list of processes shows it.\n");
        foreach (var entry in entries) text.Append(Requests(settings, entry));
        return text.Append("\n## What must come of it\n\n")
            .Append("- The health check: 200, and in `checks` every `ok` is `true`.\n")
            .Append("- Each request: 200, and where a name or an address was, a pseudonym `t~…`.\n")
            .Append("- The request that the rules do not allow: 403 with `X-Psoxy-Error: BLOCKED_BY_RULES`.\n")
            .Append("- The same without the `Authorization` header: 403 from Google.\n")
            .ToString();
    }

    private static string Callers(DeploymentSettings settings) => settings.Callers.IsEmpty
        ? "**Nobody may call yet**: `callers` in psoxy.yaml is empty.\n"
        : $"May call: {string.Join(", ", settings.Callers.Select(caller => $"`{caller}`"))}{(settings.IpBlocks.IsEmpty ? "" : $", from {string.Join(", ", settings.IpBlocks)}")}.\n";

    private static string Requests(DeploymentSettings settings, HandOverEntry entry)
    {
        var caller = settings.Callers.FirstOrDefault(caller => caller.EndsWith(".gserviceaccount.com", StringComparison.Ordinal)) ?? "CALLER";
        var text = new StringBuilder($"\n### {entry.Connector.Connector.DisplayName}\n\n```sh\n")
            .Append($"URL={entry.Address}\n")
            .Append($"TOKEN=$(gcloud auth print-identity-token --impersonate-service-account={caller} --include-email --audiences=\"$URL\")\n")
            .Append("call() { printf 'header = \"Authorization: Bearer %s\"\\n' \"$TOKEN\" | curl -sS -i -K - \"$@\"; }\n")
            .Append("call -H 'X-Psoxy-Health-Check: 1' \"$URL\"\n");
        foreach (var request in entry.Connector.Connector.SmokeRequests) text.Append($"call \"$URL\"'{request}'\n");
        return text.Append("call \"$URL\"'/v1.0/organization'   # not allowed\n```\n").ToString();
    }
}
