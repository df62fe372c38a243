using System.Globalization;
using Psoxy.Cli.Doctor.Facts;
using Psoxy.Core.Entra;

namespace Psoxy.Cli.Doctor.Checks;

/// <summary>What the function itself says, asked for a deep health check: the way from its secrets to a row of data.</summary>
internal static class LiveChecks
{
    private const string GraphCheck = "GET ";

    public static IReadOnlyList<ConnectorCheck> All { get; } =
    [
        new("health", "the function answers a deep health check, asked as you", Answers),
        new("configuration", "it finds its own settings and rules valid", (facts, connector) => Judge(connector, "configuration", facts.Fix.Redeploy(connector.Settings))),
        new("secrets", "it can read salt and key; neither is a placeholder, too short, or ends with a line break", Secrets),
        new("identity", "Google gives it an identity token, for the account and the audience that Entra expects", Identity),
        new("token", "Entra gives it a token; if not, the cause of Entra's code", Token),
        new("roles", "the token has the permissions that the connector needs", Roles),
        new("graph", "Graph answers one request of each kind, and the answer can be sanitized: a row of data", Graph),
        new("meetings", "the Teams application access policy", Meetings),
        new("clock", "its clock agrees with Google's, Entra's and Graph's", (facts, connector) => Judge(connector, "clock", facts.Fix.Change(connector.Settings, ""))),
    ];

    private static Verdict Answers(DeploymentFacts facts, ConnectorFacts connector)
    {
        var logs = facts.Fix.Gcloud($"functions logs read {facts.Settings.NameOf(connector.Settings)} --gen2 --region={facts.Settings.Region} --limit=50");
        if (connector.Health.Standing == Standing.Failed) return Verdict.Wrong(connector.Health.Why, logs);
        if (!connector.Health.Has(out var health, out var otherwise)) return otherwise;
        if (health.Body is not null)
        {
            var wrong = health.Checks.Count(check => !check.IsOk);
            return Verdict.Ok(wrong == 0 ? $"all is well, version {health.Text("version")}" : $"it answers, and finds {wrong} things wrong, below");
        }

        // The function refuses whoever is no caller of its own; only its callers can ask it then.
        if (health.Error is { } error)
            return Verdict.Warn($"it takes calls only from its callers and addresses ({health.Status} {error}), and {facts.Engineer.Value} at this machine is none of them", "run psoxy doctor as one of 'callers', from an address of 'ipBlocks'");
        var name = facts.Settings.NameOf(connector.Settings);
        return health.Status switch
        {
            401 or 403 => Verdict.Wrong($"{facts.Engineer.Value} may not call it ({health.Status}), so that nobody knows whether it works", facts.Fix.Gcloud($"functions add-invoker-policy-binding {name} --region={facts.Settings.Region} --member={Member(facts.Engineer.Value!)}")),
            404 => Verdict.Wrong("nothing answers at its URL (404): ingress, or its Cloud Run service is gone", facts.Fix.Deploy(connector.Settings)),
            _ => Verdict.Wrong($"it answers {health.Status.ToString(CultureInfo.InvariantCulture)}, and no health check", logs),
        };
    }

    private static Verdict Judge(ConnectorFacts connector, string name, string fix)
    {
        if (!Found(connector, out var health, out var otherwise)) return otherwise;
        return health.Find(name) switch
        {
            null => Verdict.NotAsked($"not asked, because the function's answer has no '{name}'"),
            { IsOk: true } => Verdict.Ok("well"),
            var check => Verdict.Wrong(check.WhatToDo, fix),
        };
    }

    private static Verdict Secrets(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!Whole(connector, out var health, out var otherwise)) return otherwise;
        if (health.Find("secrets") is { IsOk: false } unreadable) return Verdict.Wrong(unreadable.WhatToDo, facts.Fix.Deploy(connector.Settings));
        if (health.Find("salt") is { IsOk: false } placeholder) return Verdict.Wrong(placeholder.WhatToDo, Anew(facts.SaltName));
        var warnings = health.Warnings.Where(warning => warning.Contains("PSOXY_", StringComparison.Ordinal)).ToList();
        return warnings.Count == 0
            ? Verdict.Ok($"read; fingerprint of the salt {health.Text("saltSha256Hash")}")
            : Verdict.Warn(string.Join(" ", warnings), Anew(warnings[0].StartsWith("PSOXY_SALT", StringComparison.Ordinal) ? facts.SaltName : facts.EncryptionKeyName));
    }

    private static string Anew(SecretVersionName secret) =>
        $"openssl rand -base64 36 | tr -d '\\n' | {FixCommands.Secret(secret, $"versions add {secret.Id} --data-file=-")}   # only before data is collected; then name that version in psoxy.yaml";

    private static Verdict Identity(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!Whole(connector, out var health, out var otherwise)) return otherwise;
        if (health.Find("identityToken") is { IsOk: false } refused) return Verdict.Wrong(refused.WhatToDo, facts.Fix.Deploy(connector.Settings));
        var (subject, audience) = (health.Text("serviceAccountUniqueId"), health.Text("identityTokenAudience"));
        if (audience != facts.Settings.Audience) return Verdict.Wrong($"its identity tokens are for {audience}, and psoxy.yaml says {facts.Settings.Audience}", facts.Fix.Redeploy(connector.Settings));
        return connector.Account.Value is { } account && account.UniqueId != subject
            ? Verdict.Wrong($"its instances still run as the account {subject}, and {facts.Settings.ServiceAccountOf(connector.Settings)} is {account.UniqueId} now: it was deleted and made again", facts.Fix.Change(connector.Settings, $"--service-account={facts.Settings.ServiceAccountOf(connector.Settings)}"))
            : Verdict.Ok($"for {subject}");
    }

    private static Verdict Token(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!Whole(connector, out var health, out var otherwise)) return otherwise;
        if (health.Find("entra") is not { IsOk: false } refused) return Verdict.Ok("Entra gives one");
        if (refused.WhatToDo.StartsWith("Not asked", StringComparison.Ordinal)) return Verdict.NotAsked("not asked, because the function says: " + refused.WhatToDo);
        if (CodeOf(health) is not { } code) return Verdict.Wrong(refused.WhatToDo, Way(facts, connector));
        return EntraErrorCatalog.Find(code) is { } error
            ? Verdict.Wrong($"AADSTS{code}: {error.Cause} {error.Fix}", FixOf(code, facts, connector))
            : Verdict.Wrong($"AADSTS{code}, which is not on our list", $"https://login.microsoftonline.com/error?code={code}");
    }

    // No word of Entra's came back: it is the way there.
    private static string Way(DeploymentFacts facts, ConnectorFacts connector) => facts.FunctionOf(connector).Value?.Egress == "ALL_TRAFFIC"
        ? facts.Fix.Change(connector.Settings, "--egress-settings=private-ranges-only")
        : $"run psoxy doctor again in a minute; if it stays, see whether a VPC or firewall is between: {facts.Fix.Gcloud($"functions describe {facts.Settings.NameOf(connector.Settings)} --gen2 --region={facts.Settings.Region}")}";

    private static int? CodeOf(Health health) =>
        (string?)health.Entra?["code"] is { } text && text.StartsWith("AADSTS", StringComparison.Ordinal) && int.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static string FixOf(int code, DeploymentFacts facts, ConnectorFacts connector) => code switch
    {
        7000112 => $"az ad sp update --id {connector.Settings.ClientId} --set accountEnabled=true",
        90002 or 900023 or 700016 => $"correct 'tenant' or 'clientId' in {facts.File}, then: {facts.Fix.Redeploy(connector.Settings)}",
        _ => facts.Fix.Entra("apply", connector.Settings),
    };

    private static Verdict Roles(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!Whole(connector, out var health, out var otherwise)) return otherwise;
        if (health.Find("roles") is null) return Verdict.NotAsked("not asked, because there is no token, or its roles cannot be read");
        var (missing, excess) = (Health.Texts(health.Entra?["missingRoles"]).ToList(), Health.Texts(health.Entra?["excessRoles"]).ToList());
        var consent = facts.Fix.Entra("consent", connector.Settings);
        if (missing.Count > 0) return Verdict.Wrong($"the token lacks {string.Join(", ", missing)}: an administrator must consent, and it is there within minutes", consent);
        return excess.Count > 0 ? Verdict.Warn($"the token has what the connector does not need: {string.Join(", ", excess)}", consent + "   # the page has the command that revokes it") : Verdict.Ok("exactly what is needed");
    }

    private static Verdict Graph(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!Whole(connector, out var health, out var otherwise)) return otherwise;
        if (health.Find("graph") is { } left) return Verdict.NotAsked("not asked, because " + left.WhatToDo);
        var all = health.Checks.Where(check => check.Name.StartsWith(GraphCheck, StringComparison.Ordinal)).ToList();
        if (all.Count == 0) return Verdict.NotAsked("not asked, because every request of this connector needs an id");
        var wrong = all.Where(check => !check.IsOk).ToList();
        return wrong.Count == 0
            ? Verdict.Ok($"{all.Count} of {all.Count} requests")
            : Verdict.Wrong(string.Join(" ", wrong.Select(check => $"{check.Name}{(check.Status is { } status ? $" ({status})" : "")}: {check.WhatToDo}")), wrong.Exists(check => check.Status == 403)
                ? facts.Fix.Entra("consent", connector.Settings)
                : facts.Fix.Gcloud($"functions logs read {facts.Settings.NameOf(connector.Settings)} --gen2 --region={facts.Settings.Region} --limit=50"));
    }

    // Graph has no way to read it; a request for meetings would need somebody's id.
    private static Verdict Meetings(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (connector.Settings.Connector.Endpoints.All(endpoint => !endpoint.Permission.StartsWith("OnlineMeeting", StringComparison.Ordinal))) return Verdict.Ok("this connector reads no meetings");
        return Verdict.NotAsked(
            "not asked, because only a Teams administrator can see it; without it requests for online meetings answer 403, and all others work",
            $"Get-CsApplicationAccessPolicy   # for one with {connector.Settings.ClientId}; to make it: {facts.Fix.Entra("consent", connector.Settings)}");
    }

    private static bool Found(ConnectorFacts connector, out Health health, out Verdict otherwise)
    {
        health = connector.Health.Value!;
        otherwise = Verdict.NotAsked("not asked, because " + (connector.Health.Standing is Standing.Known or Standing.Failed ? "the function answered no health check" : connector.Health.Why));
        return connector.Health.Standing == Standing.Known && health.Body is not null;
    }

    // Where it cannot tell its callers, it tells nobody more than what is wrong in its configuration.
    private static bool Whole(ConnectorFacts connector, out Health health, out Verdict otherwise)
    {
        if (!Found(connector, out health, out otherwise)) return false;
        otherwise = Verdict.NotAsked("not asked, because the function tells only what is wrong in its configuration");
        return health.Find("secrets") is not null;
    }

    private static string Member(string email) => (email.EndsWith(".gserviceaccount.com", StringComparison.Ordinal) ? "serviceAccount:" : "user:") + email;
}
