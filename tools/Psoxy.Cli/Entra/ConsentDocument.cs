using System.Text;
using Psoxy.Cli.Deployment;
using Psoxy.Core.Connectors;

namespace Psoxy.Cli.Entra;

/// <summary>What consent is asked for.</summary>
/// <param name="Connector">For whom.</param>
/// <param name="Application">Its application.</param>
/// <param name="Permissions">What it asks for.</param>
/// <param name="Missing">Permissions that are not granted.</param>
/// <param name="Excess">Grants that nothing needs.</param>
internal sealed record ConsentSubject(Connector Connector, TenantApplication Application, IReadOnlyList<RequiredRole> Permissions, IReadOnlyList<string> Missing, IReadOnlyList<GrantedPermission> Excess);

/// <summary>The page for the administrator who consents, in Markdown.</summary>
internal sealed class ConsentDocument(DeploymentSettings settings, GraphPermissions permissions, string graph)
{
    // Exchange's own roles, which can be given for some mailboxes instead of all.
    private static readonly Dictionary<string, string> ExchangeRoles = new(StringComparer.Ordinal)
    {
        ["Mail.ReadBasic.All"] = "Application Mail.ReadBasic",
        ["Calendars.Read"] = "Application Calendars.Read",
        ["MailboxSettings.Read"] = "Application MailboxSettings.Read",
    };

    private readonly StringBuilder _text = new();

    public string Write(IReadOnlyList<ConsentSubject> subjects)
    {
        Line("# Consent for Psoxy.Gcp");
        Line();
        Line($"Tenant `{settings.Tenant}`, Google Cloud project `{settings.Project}`.");
        Line();
        Line("Each application below belongs to one function of a privacy proxy. The function asks Microsoft Graph with it, read-only, and drops or pseudonymises what names,");
        Line("describes or reaches people before anything leaves it. The applications have no secret: they trust one Google service account each.");
        Line();
        Line("Graph's application permissions can be granted by a **Privileged Role Administrator** or a Global Administrator, and by nobody else; Application Administrators cannot.");
        Line("Open each link, look at what is asked for, and accept. The applications have no web page: after *Accept* the browser may show `AADSTS500113` (no reply address). Consent has been given all the same.");
        Line($"Afterwards `psoxy entra consent --check` says whether all is as it should be. Functions notice within about an hour.");
        foreach (var subject in subjects) Application(subject);
        if (subjects.FirstOrDefault(subject => subject.Permissions.Any(IsMeeting)) is { } teams) Meetings(teams);
        if (subjects.Where(subject => subject.Permissions.Any(permission => ExchangeRoles.ContainsKey(permission.Name))).ToList() is { Count: > 0 } mailboxes) Exchange(mailboxes);
        return _text.ToString();
    }

    private void Application(ConsentSubject subject)
    {
        var clientId = subject.Application.ClientId;
        Line();
        Line($"## {subject.Connector.DisplayName}");
        Line();
        Line($"{subject.Connector.Description}");
        Line();
        Line($"Application '{subject.Application.DisplayName}', client id `{clientId}`.");
        Line();
        Line($"<https://{settings.Cloud.LoginHost}/{settings.Tenant}/adminconsent?client_id={clientId}>");
        Line();
        Line("| permission | why it is needed | what it could give, and the proxy withholds | now |");
        Line("|---|---|---|---|");
        foreach (var permission in subject.Permissions)
            Line($"| `{permission.Name}` | {permission.Reason} | {permission.Withheld} | {(subject.Missing.Contains(permission.Name) ? "to be granted" : "granted")} |");
        if (subject.Application.Principal is not { } principal) return;
        foreach (var grant in subject.Excess)
        {
            Line();
            Line($"**Granted, and not needed: `{Consent.Name(grant, permissions)}`.** To revoke it:");
            Code("sh", $"az rest --method DELETE --url '{graph}/servicePrincipals/{principal.Id}/appRoleAssignments/{grant.Id}'");
        }
    }

    private void Meetings(ConsentSubject subject)
    {
        Line();
        Line("## Teams: application access policy");
        Line();
        Line("Online meetings answer 403 to every application until a **Teams Administrator** lets it, in PowerShell, beside the consent above. It takes up to 30 minutes.");
        Code(
            "powershell",
            "Install-Module MicrosoftTeams",
            "Connect-MicrosoftTeams",
            $"New-CsApplicationAccessPolicy -Identity {settings.Prefix}-meetings -AppIds \"{subject.Application.ClientId}\" -Description \"Psoxy.Gcp reads meetings and attendance\"",
            $"Grant-CsApplicationAccessPolicy -PolicyName {settings.Prefix}-meetings -Global");
    }

    private void Exchange(List<ConsentSubject> subjects)
    {
        Line();
        Line("## Optional: some mailboxes only");
        Line();
        Line("What Entra grants holds for every mailbox. To let the proxy into some of them, leave the permissions below *ungranted* in Entra (the two kinds add up) and let an **Exchange Administrator**");
        Line("assign Exchange's roles for a scope instead. `psoxy entra consent --check` then goes on telling that they are not granted.");
        foreach (var subject in subjects)
        {
            var name = settings.Prefix + "-" + subject.Connector.Id;
            var lines = new List<string>
            {
                "Connect-ExchangeOnline",
                $"New-ServicePrincipal -AppId {subject.Application.ClientId} -ObjectId {subject.Application.Principal?.Id ?? "OBJECT-ID-OF-THE-ENTERPRISE-APPLICATION"} -DisplayName \"{name}\"",
                $"New-ManagementScope -Name \"{name}\" -RecipientRestrictionFilter \"CustomAttribute1 -eq 'psoxy'\"",
            };
            lines.AddRange(subject.Permissions.Where(permission => ExchangeRoles.ContainsKey(permission.Name))
                .Select(permission => $"New-ManagementRoleAssignment -App {subject.Application.ClientId} -Role \"{ExchangeRoles[permission.Name]}\" -CustomResourceScope \"{name}\"   # in place of {permission.Name}"));
            Line();
            Line($"{subject.Connector.DisplayName}:");
            Code("powershell", [.. lines]);
        }
    }

    private static bool IsMeeting(RequiredRole permission) => permission.Name.StartsWith("OnlineMeeting", StringComparison.Ordinal);

    private void Code(string language, params string[] lines)
    {
        Line();
        Line("```" + language);
        foreach (var line in lines) Line(line);
        Line("```");
    }

    private void Line(string text = "") => _text.Append(text).Append('\n');
}
