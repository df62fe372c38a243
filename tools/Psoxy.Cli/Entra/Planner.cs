using System.Text.Json.Nodes;

namespace Psoxy.Cli.Entra;

/// <summary>Compares. Asks nobody and changes nothing.</summary>
internal sealed class Planner(GraphPermissions permissions, bool removesCredentials)
{
    /// <summary>What is to be done, in the order in which it can be done, and what somebody should look at.</summary>
    /// <param name="wanted">What should be.</param>
    /// <param name="actual">What is; <c>null</c> where there is no application.</param>
    public IReadOnlyList<Finding> Plan(WantedApplication wanted, TenantApplication? actual) => actual is null ? [.. New(wanted)] : [.. Differences(wanted, actual)];

    /// <summary>Whether somebody else made it, so that only what the function needs is changed.</summary>
    public static bool IsAdopted(WantedApplication wanted, TenantApplication actual) => actual.UniqueName != wanted.UniqueName;

    private static IEnumerable<Finding> New(WantedApplication wanted)
    {
        yield return new(FindingKind.Create, $"make the application '{wanted.DisplayName}', asking for {string.Join(", ", wanted.Permissions.Keys)}", new Step.CreateApplication());
        yield return new(FindingKind.Create, "make its service principal", new Step.CreatePrincipal());
        foreach (var owner in wanted.Owners) yield return new(FindingKind.Create, $"add the owner {owner}", new Step.AddOwner(owner));
        yield return Credential(wanted);
        yield return new(FindingKind.Warning, "an administrator must consent to its permissions: 'psoxy entra consent'");
    }

    private static Finding Credential(WantedApplication wanted) => wanted.Subject is null
        ? wanted.AwaitsAccount ? new(FindingKind.Create, "make the federated credential for that account", new Step.CreateCredential()) : new(FindingKind.Warning, "the unique id of its service account is not known, so that there is no federated credential yet: create the service account, or give --subject")
        : new(FindingKind.Create, $"make the federated credential for the service account {wanted.Subject}", new Step.CreateCredential());

    private IEnumerable<Finding> Differences(WantedApplication wanted, TenantApplication actual) =>
    [
        .. Properties(wanted, actual),
        .. Requested(wanted, actual),
        .. Principal(actual),
        .. wanted.Owners.Except(actual.Owners, StringComparer.OrdinalIgnoreCase).Select(owner => new Finding(FindingKind.Create, $"add the owner {owner}", new Step.AddOwner(owner))),
        .. Credentials(wanted, actual),
        .. Secrets(actual),
        .. Grants(wanted, actual),
    ];

    private static IEnumerable<Finding> Properties(WantedApplication wanted, TenantApplication actual)
    {
        if (actual.SignInAudience != WantedApplication.Audience)
            yield return new(FindingKind.Change, $"let only this tenant use it: signInAudience is '{actual.SignInAudience}'", new Step.SetProperty("signInAudience", WantedApplication.Audience));
        if (IsAdopted(wanted, actual)) yield break;
        if (actual.DisplayName != wanted.DisplayName) yield return new(FindingKind.Change, $"name it '{wanted.DisplayName}' again", new Step.SetProperty("displayName", wanted.DisplayName));
        if (wanted.Tags.Except(actual.Tags).Any())
            yield return new(FindingKind.Change, "tag it again as part of this deployment", new Step.SetProperty("tags", new JsonArray([.. actual.Tags.Union(wanted.Tags).Select(tag => (JsonNode)tag)])));
    }

    private IEnumerable<Finding> Requested(WantedApplication wanted, TenantApplication actual)
    {
        var step = new Step.SetProperty("requiredResourceAccess", wanted.RequiredResourceAccess());
        var asked = actual.Requested.Where(IsOwn).Select(permission => permission.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, id) in wanted.Permissions)
            if (!asked.Contains(id)) yield return new(FindingKind.Create, $"ask for the permission {name}", step);
        foreach (var excess in actual.Requested.Where(permission => !IsOwn(permission) || !wanted.Permissions.Values.Contains(permission.Id, StringComparer.OrdinalIgnoreCase)))
            yield return new(FindingKind.Remove, $"no longer ask for {Name(excess)}, which the connector does not need", step);
    }

    private static IEnumerable<Finding> Principal(TenantApplication actual)
    {
        if (actual.Principal is null) yield return new(FindingKind.Create, "make its service principal", new Step.CreatePrincipal());
        else if (!actual.Principal.IsEnabled) yield return new(FindingKind.Warning, "its service principal is disabled, and gets no tokens: somebody did that, and can undo it under 'Enterprise applications'");
    }

    private IEnumerable<Finding> Credentials(WantedApplication wanted, TenantApplication actual)
    {
        var right = wanted.Subject is null ? null : actual.Credentials.FirstOrDefault(wanted.Accepts);

        // One of our name is ours; one for the same account cannot stand beside another.
        var ours = right ?? actual.Credentials.FirstOrDefault(credential => credential.Name == wanted.UniqueName)
            ?? actual.Credentials.FirstOrDefault(credential => credential.Issuer == WantedApplication.Issuer && credential.Subject == wanted.Subject);
        if (ours is null) yield return Credential(wanted);
        else if (wanted.AwaitsAccount) yield return new(FindingKind.Change, $"set the federated credential '{ours.Name}' for that account", new Step.ChangeCredential(ours.Id));
        else if (wanted.Subject is null) yield return new(FindingKind.Warning, $"the unique id of its service account is not known, so that the federated credential '{ours.Name}' cannot be checked");
        else if (right is null)
            yield return new(FindingKind.Change, $"set the federated credential '{ours.Name}': {string.Join(", ", Wrong(wanted, ours))}", new Step.ChangeCredential(ours.Id));
        foreach (var extra in actual.Credentials.Where(credential => credential != ours))
        {
            var text = $"the federated credential '{extra.Name}' (issuer {extra.Issuer}, subject {extra.Subject}): another way to what this application may read";
            yield return removesCredentials
                ? new(FindingKind.Remove, "remove " + text, new Step.RemoveCredential(extra.Id))
                : new(FindingKind.Warning, $"{text}; --remove-credentials removes it");
        }
    }

    private static IEnumerable<string> Wrong(WantedApplication wanted, FederatedCredential credential)
    {
        if (credential.Issuer != WantedApplication.Issuer) yield return $"issuer {WantedApplication.Issuer} instead of {credential.Issuer}";
        if (credential.Subject != wanted.Subject) yield return $"subject {wanted.Subject} instead of {credential.Subject}";
        if (credential.Audience != wanted.TokenAudience) yield return $"audience {wanted.TokenAudience} instead of {credential.Audience}";
    }

    // The function has no use for them, and somebody may hold a copy.
    private IEnumerable<Finding> Secrets(TenantApplication actual)
    {
        if (removesCredentials)
        {
            foreach (var secret in actual.Secrets) yield return new(FindingKind.Remove, $"remove the client secret {secret}, which nothing needs", new Step.RemoveSecret(secret));
            if (actual.Certificates > 0) yield return new(FindingKind.Remove, $"remove {Count(actual.Certificates, "certificate")}, which nothing needs", new Step.SetProperty("keyCredentials", new JsonArray()));
        }
        else
        {
            if (actual.Secrets.Count > 0) yield return new(FindingKind.Warning, $"it has {Count(actual.Secrets.Count, "client secret")}, which nothing needs; --remove-credentials removes them");
            if (actual.Certificates > 0) yield return new(FindingKind.Warning, $"it has {Count(actual.Certificates, "certificate")}, which nothing needs; --remove-credentials removes them");
        }
    }

    private IEnumerable<Finding> Grants(WantedApplication wanted, TenantApplication actual)
    {
        var (missing, excess) = Consent.Of(wanted, actual, permissions);
        if (missing.Count > 0) yield return new(FindingKind.Warning, $"not granted yet: {string.Join(", ", missing)}; an administrator must consent: 'psoxy entra consent'");
        foreach (var grant in excess)
            yield return new(FindingKind.Warning, $"granted, and not needed: {Consent.Name(grant, permissions)}; only an administrator can revoke it: 'psoxy entra consent' says how");
    }

    private static bool IsOwn(RequestedPermission permission) => permission is { ResourceAppId: GraphPermissions.AppId, Type: "Role" };

    private string Name(RequestedPermission permission) =>
        IsOwn(permission) ? permissions.NameOf(permission.Id) : permission.ResourceAppId == GraphPermissions.AppId ? $"the delegated permission {permission.Id}" : $"the permission {permission.Id} of {permission.ResourceAppId}";

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
