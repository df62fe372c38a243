using Psoxy.Core.Connectors;

namespace Psoxy.Cli.Tests.Entra;

public sealed class ConsentTests
{
    private const string Connectors = "  - id: outlook-mail\n    subject: \"" + EntraFixture.Subject + "\"\n  - id: msft-teams\n    subject: \"" + EntraFixture.Subject + "\"\n";

    [Test]
    public async Task The_page_has_a_link_and_a_reason_for_everything()
    {
        await using var fixture = await EntraFixture.StartAsync(Connectors);
        await fixture.MustAsync(0, "apply --yes");
        var mail = fixture.Directory.FindClientId("psoxy-acme-psoxy-outlook-mail")!;
        var teams = fixture.Directory.FindClientId("psoxy-acme-psoxy-msft-teams")!;

        var page = (await fixture.MustAsync(0, "consent")).Output;

        Assert.That(page, Does.Contain($"https://login.microsoftonline.com/{fixture.Emulator.Options.TenantId}/adminconsent?client_id={mail}").And.Contain($"adminconsent?client_id={teams}"));
        foreach (var permission in ConnectorCatalog.Find("msft-teams")!.Permissions)
            Assert.That(page, Does.Contain($"| `{permission.Name}` | {permission.Reason} | {permission.Withheld} | to be granted |"));
        Assert.That(page, Does.Contain($"New-CsApplicationAccessPolicy -Identity psoxy-meetings -AppIds \"{teams}\"").And.Contain("Grant-CsApplicationAccessPolicy -PolicyName psoxy-meetings -Global"));
        Assert.That(page, Does.Contain("-Role \"Application Mail.ReadBasic\"").And.Contain("Privileged Role Administrator"));
    }

    [Test]
    public async Task Check_tells_what_is_missing_and_what_is_too_much()
    {
        await using var fixture = await EntraFixture.StartAsync();
        await fixture.MustAsync(0, "apply --yes");
        var clientId = fixture.Directory.FindClientId("psoxy-acme-psoxy-outlook-mail")!;
        var permissions = ConnectorCatalog.Find("outlook-mail")!.Permissions.Select(permission => permission.Name).ToList();

        Assert.That((await fixture.MustAsync(2, "consent --check")).Output, Does.Contain("outlook-mail: Mail.ReadBasic.All is not granted"));
        fixture.Directory.Grant(clientId, permissions);
        Assert.That((await fixture.MustAsync(0, "consent --check")).Output, Does.Contain("exactly what is needed is granted"));
        Assert.That((await fixture.MustAsync(0, "plan --strict")).Output, Does.Contain("as it should be"));
        fixture.Directory.Grant(clientId, "Mail.Read");
        Assert.That((await fixture.MustAsync(2, "consent --check")).Output, Does.Contain("Mail.Read is granted, and not needed"));
        Assert.That((await fixture.MustAsync(0, "consent")).Output, Does.Contain("az rest --method DELETE").And.Contain("/appRoleAssignments/"));
    }

    [Test]
    public async Task There_is_no_consent_without_an_application()
    {
        await using var fixture = await EntraFixture.StartAsync();

        Assert.That((await fixture.MustAsync(1, "consent --check")).Error, Does.Contain("'psoxy entra apply' makes it"));
    }
}
