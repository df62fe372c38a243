using Psoxy.Emulator.Entra.Directory;

namespace Psoxy.Cli.Tests.Entra;

public sealed class AdoptTests
{
    [TestCase("client id")]
    [TestCase("object id")]
    public async Task An_owner_without_a_role_takes_over_by_either_id_and_applies(string given)
    {
        await using var fixture = await EntraFixture.StartAsync(role: DirectoryRole.None);
        var (clientId, objectId) = fixture.Directory.AddApplication("By hand", [fixture.Me], requested: ["Mail.Read"], granted: ["Mail.Read"]);

        var adopted = await fixture.MustAsync(0, $"adopt {(given == "client id" ? clientId : objectId)} --connector outlook-mail");

        Assert.That(adopted.Output, Does.Contain(given == "client id" ? "is the client id of 'By hand'" : $"is the object id of 'By hand', not its client id, which is {clientId}").And.Contain("You are an owner of it"));
        Assert.That(await File.ReadAllTextAsync(fixture.File), Does.Contain(clientId));
        var plan = await fixture.MustAsync(2, "plan");
        Assert.That(plan.Output, Does.Contain("'By hand'").And.Contain("taken over").And.Contain("- no longer ask for Mail.Read").And.Contain("+ ask for the permission Mail.ReadBasic.All").And.Contain("granted, and not needed: Mail.Read"));
        await fixture.MustAsync(0, "apply --yes");
        await fixture.MustAsync(0, "plan");
        Assert.That(fixture.Directory.Describe(), Does.Contain("\"By hand\""), "its name is not ours to change");
    }

    [Test]
    public async Task Who_is_not_an_owner_is_told_and_the_refusal_of_apply_names_the_way()
    {
        await using var fixture = await EntraFixture.StartAsync(role: DirectoryRole.None);
        var (clientId, _) = fixture.Directory.AddApplication("By hand");

        var adopted = await fixture.MustAsync(0, $"adopt {clientId} --connector outlook-mail");
        Assert.That(adopted.Output, Does.Contain("You are not an owner of it").And.Contain($"az ad app owner add --id {clientId} --owner-object-id {fixture.Me}"));

        var applied = await fixture.MustAsync(1, "apply --yes");
        Assert.That(applied.Error, Does.Contain("Authorization_RequestDenied").And.Contain("an owner of the application"));
    }

    [Test]
    public async Task The_object_id_of_an_enterprise_application_is_recognised()
    {
        await using var fixture = await EntraFixture.StartAsync();
        var (clientId, _) = fixture.Directory.AddApplication("By hand");
        var plan = await fixture.MustAsync(0, $"adopt {fixture.Directory.PrincipalIdOf(clientId)} --connector outlook-mail");

        Assert.That(plan.Output, Does.Contain("enterprise application (service principal)").And.Contain(clientId));
    }

    [Test]
    public async Task No_application_serves_two_connectors()
    {
        await using var fixture = await EntraFixture.StartAsync("  - id: outlook-mail\n  - id: outlook-cal\n");
        var (clientId, _) = fixture.Directory.AddApplication("By hand");
        await fixture.MustAsync(0, $"adopt {clientId} --connector outlook-mail");

        var run = await fixture.MustAsync(2, $"adopt {clientId} --connector outlook-cal");

        Assert.That(run.Error, Does.Contain("'By hand' is the application of outlook-mail"));
    }

    [Test]
    public async Task Another_application_replaces_the_one_of_psoxy_yaml_only_by_force()
    {
        await using var fixture = await EntraFixture.StartAsync();
        var (first, _) = fixture.Directory.AddApplication("First");
        var (second, _) = fixture.Directory.AddApplication("Second");
        await fixture.MustAsync(0, $"adopt {first} --connector outlook-mail");

        Assert.That((await fixture.MustAsync(2, $"adopt {second} --connector outlook-mail")).Error, Does.Contain("--force"));
        await fixture.MustAsync(0, $"adopt {second} --connector outlook-mail --force");

        Assert.That(await File.ReadAllTextAsync(fixture.File), Does.Contain(second).And.Not.Contain(first));
    }

    [Test]
    public async Task An_unknown_id_is_told()
    {
        await using var fixture = await EntraFixture.StartAsync();

        var run = await fixture.MustAsync(1, "adopt 12345678-0000-0000-0000-000000000000 --connector outlook-mail");

        Assert.That(run.Error, Does.Contain("no application with the client id or object id 12345678-0000-0000-0000-000000000000"));
    }
}
