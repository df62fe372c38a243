namespace Psoxy.Cli.Tests.Deployment;

/// <summary>A <c>psoxy.yaml</c> that is valid.</summary>
internal static class SampleSettings
{
    public const string Tenant = "11111111-2222-3333-4444-555555555555";
    public const string ClientId = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

    public const string Least = $"""
        project: acme-psoxy
        region: us-central1
        tenant: {Tenant}
        connectors:
          - id: outlook-mail

        """;

    public const string All = $"""
        project: acme-psoxy
        region: europe-west10
        tenant: acme.onmicrosoft.com
        cloud: usgov
        connectors:
          - id: outlook-mail
            clientId: {ClientId}
            subject: "104817236459182736451"
            pseudonymizeAppIds: true
            noGroups: true
          - id: azure-ad
            noOriginals: true
        callers: [worklytics@project.iam.gserviceaccount.com, "104817236459182736452", somebody@example.com]
        verifyCallers: true
        callerAudiences: [https://psoxy.example.com]
        ipBlocks: [10.0.0.0/8, 2001:db8::/32, 192.0.2.7]
        owners: [99999999-2222-3333-4444-555555555555, admin@example.com]
        prefix: px
        audience: api://Other
        salt: projects/old/secrets/PSOXY_SALT/versions/3
        encryptionKey: projects/old/secrets/PSOXY_ENCRYPTION_KEY/versions/2
        emailCanonicalization: IGNORE_DOTS
        emailDomainHandling: TOKENIZE
        memory: 1Gi
        minInstances: 1
        maxInstances: 3
        timeout: 300
        environment:
          WARM_UP: "false"

        """;
}
