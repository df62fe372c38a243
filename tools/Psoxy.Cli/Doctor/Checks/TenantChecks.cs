using Psoxy.Cli.Deployment;
using Psoxy.Cli.Doctor.Facts;
using Psoxy.Cli.Entra;

namespace Psoxy.Cli.Doctor.Checks;

/// <summary>The connector's application in the Entra tenant.</summary>
internal static class TenantChecks
{
    /// <summary>Without it the checks below cannot be made; the live check still can, so it alone is no fault.</summary>
    public static DeploymentCheck SignedIn { get; } = new("tenant", "somebody is signed in to the tenant, to look at the applications", facts =>
        facts.Tenant.Has(out _, out var otherwise) ? Verdict.Ok(facts.Settings.Tenant) : otherwise with { Fix = $"az login --tenant {facts.Settings.Tenant} --allow-no-subscriptions   # or another way of --auth" });

    public static IReadOnlyList<ConnectorCheck> All { get; } =
    [
        new("client-id", "psoxy.yaml has a client id", ClientId),
        new("application", "it is the client id of an application of the tenant, and no object id", Application),
        new("service-principal", "the application has a service principal, which is enabled", Principal),
        new("credential", "a federated credential has Google's issuer, the account's unique id as subject, and the audience", Credential),
        new("other-credentials", "there is no other way to the same data: further credentials, client secrets, certificates", Others),
        new("consent", "the permissions that it needs are granted, and no others", Consented),
    ];

    private static Verdict ClientId(DeploymentFacts facts, ConnectorFacts connector) => connector.Settings.ClientId is { } id
        ? Verdict.Ok(id)
        : Verdict.Wrong("psoxy.yaml has no clientId: there is no application yet", facts.Fix.Entra("apply", connector.Settings));

    private static Verdict Application(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!connector.Application.Has(out var registration, out var otherwise)) return otherwise;
        if (registration.Application is { } application)
        {
            return application.SignInAudience is WantedApplication.Audience or ""
                ? Verdict.Ok($"'{application.DisplayName}'")
                : Verdict.Warn($"'{application.DisplayName}' is open to other tenants: signInAudience is {application.SignInAudience}", facts.Fix.Entra("apply", connector.Settings));
        }

        var id = connector.Settings.ClientId;
        return registration is { MistakenFor: { } what, RightClientId: { } right }
            ? Verdict.Wrong($"{id} is the object id of {what}, and not the client id, which is {right}", facts.Fix.Adopt(connector.Settings, right))
            : Verdict.Wrong(
                $"the tenant {facts.Settings.Tenant} has no application with the client id {id}: it was deleted, or is another tenant's",
                $"correct 'tenant' or 'clientId' in {facts.File}; for a new application take 'clientId' out, then: {facts.Fix.Entra("apply", connector.Settings)}");
    }

    private static Verdict Principal(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!Found(connector, out var application, out var otherwise)) return otherwise;
        if (application.Principal is not { } principal) return Verdict.Wrong("the application has no service principal in the tenant: Entra gives it no token (AADSTS7000229)", facts.Fix.Entra("apply", connector.Settings));
        return principal.IsEnabled
            ? Verdict.Ok("there, and enabled")
            : Verdict.Wrong("the service principal is disabled: Entra gives it no token (AADSTS7000112)", $"az ad sp update --id {principal.Id} --set accountEnabled=true");
    }

    private static Verdict Credential(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!Found(connector, out var application, out var otherwise) || !connector.Account.Has(out var account, out otherwise)) return otherwise;
        if (Signs(connector)) return Certificate(facts, connector, application);
        var (apply, audience) = (facts.Fix.Entra("apply", connector.Settings), facts.Settings.Audience);
        if (Nearest(facts, connector, application, account) is not { } near) return Verdict.Wrong("the application has no federated credential for the service account (AADSTS700213)", apply);
        var wrong = new List<string>();
        if (near.Issuer != WantedApplication.Issuer) wrong.Add($"its issuer is {near.Issuer}, and must be exactly {WantedApplication.Issuer} (AADSTS700211)");
        if (near.Subject == facts.Settings.ServiceAccountOf(connector.Settings)) wrong.Add($"its subject is the service account's e-mail, and must be its unique id, {account.UniqueId} (AADSTS700213)");
        else if (near.Subject != account.UniqueId) wrong.Add($"its subject is {near.Subject}, and the service account's unique id is {account.UniqueId} (AADSTS700213): an account that is deleted and made again is another one");
        if (near.Audience != audience) wrong.Add($"its audience is {near.Audience}, and must be {audience} (AADSTS700212)");
        return wrong.Count == 0 ? Verdict.Ok($"for {account.UniqueId}") : Verdict.Wrong($"the federated credential '{near.Name}': {string.Join("; ", wrong)}", apply);
    }

    private static bool Signs(ConnectorFacts connector) => connector.Settings.Credential == CredentialKind.Certificate;

    private static WantedCertificate Wanted(DeploymentFacts facts, ConnectorFacts connector) => new(facts.Settings.CertificateSecretOf(connector.Settings), connector.Settings.Certificate);

    // When it expires the health check tells.
    private static Verdict Certificate(DeploymentFacts facts, ConnectorFacts connector, TenantApplication application) =>
        application.Certificates.Any(Wanted(facts, connector).IsInUse)
            ? Verdict.Ok("the certificate that psoxy.yaml names")
            : Verdict.Wrong("the application does not have the certificate that psoxy.yaml names (AADSTS700027)", facts.Fix.Entra("certificate create", connector.Settings));

    // The one that is right, or that was meant to be.
    private static FederatedCredential? Nearest(DeploymentFacts facts, ConnectorFacts connector, TenantApplication application, Account account)
    {
        bool IsRight(FederatedCredential credential) => credential.Issuer == WantedApplication.Issuer && credential.Subject == account.UniqueId && credential.Audience == facts.Settings.Audience;
        return application.Credentials.FirstOrDefault(IsRight)
            ?? application.Credentials.FirstOrDefault(credential => credential.Subject == account.UniqueId)
            ?? application.Credentials.FirstOrDefault(credential => credential.Name == facts.Settings.UniqueNameOf(connector.Settings))
            ?? application.Credentials.FirstOrDefault(credential => credential.Issuer.StartsWith(WantedApplication.Issuer, StringComparison.Ordinal));
    }

    private static Verdict Others(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!Found(connector, out var application, out var otherwise) || !connector.Account.Has(out var account, out otherwise)) return otherwise;
        var near = Signs(connector) ? null : Nearest(facts, connector, application, account);
        var others = application.Credentials.Where(credential => credential != near).Select(credential => $"the federated credential '{credential.Name}'").ToList();
        if (application.Secrets.Count > 0) others.Add($"{application.Secrets.Count} client secret(s)");
        var certificates = application.Certificates.Count(certificate => !Signs(connector) || !Wanted(facts, connector).IsInUse(certificate));
        if (certificates > 0) others.Add($"{certificates} certificate(s)");
        return others.Count == 0
            ? Verdict.Ok("none")
            : Verdict.Warn($"another way to the same data, which nothing here needs: {string.Join(", ", others)}", facts.Fix.Entra("apply --remove-credentials", connector.Settings));
    }

    private static Verdict Consented(DeploymentFacts facts, ConnectorFacts connector)
    {
        if (!Found(connector, out var application, out var otherwise) || !connector.Application.Has(out var registration, out otherwise)) return otherwise;
        if (application.Principal is null) return Verdict.NotAsked("not asked, because there is no service principal to grant anything to");
        var consent = facts.Fix.Entra("consent", connector.Settings);
        if (registration.MissingGrants.Count > 0) return Verdict.Wrong($"not granted: {string.Join(", ", registration.MissingGrants)}", consent + "   # the page for the administrator who consents");
        return registration.ExcessGrants.Count > 0
            ? Verdict.Warn($"granted, and not needed: {string.Join(", ", registration.ExcessGrants)}", consent + "   # the page has the command that revokes it")
            : Verdict.Ok("exactly what is needed");
    }

    private static bool Found(ConnectorFacts connector, out TenantApplication application, out Verdict otherwise)
    {
        application = connector.Application.Value?.Application!;
        otherwise = Verdict.NotAsked("not asked, because " + (connector.Application.Standing == Standing.Known ? "there is no application of that client id" : connector.Application.Why));
        return application is not null;
    }
}
