namespace Psoxy.Cli.Tests.Entra;

public sealed class DestroyTests
{
    [Test]
    public async Task Nothing_is_left_of_what_apply_made()
    {
        await using var fixture = await EntraFixture.StartAsync();
        var (state, yaml) = (fixture.Directory.Describe(), await File.ReadAllTextAsync(fixture.File));
        await fixture.MustAsync(0, "apply --yes");
        Assert.That(fixture.Directory.Describe(), Is.Not.EqualTo(state));

        var run = await fixture.MustAsync(0, "destroy --yes --purge");

        Assert.That(run.Output, Does.Contain("is deleted for good"));
        Assert.That(fixture.Directory.Describe(), Is.EqualTo(state));
        Assert.That(await File.ReadAllTextAsync(fixture.File), Is.EqualTo(yaml), "the clientId is taken out again");
        Assert.That((await fixture.MustAsync(0, "destroy --yes")).Output, Does.Contain("There is nothing to delete"));
    }

    [Test]
    public async Task What_was_made_for_a_connector_that_is_no_longer_named_goes_too()
    {
        await using var fixture = await EntraFixture.StartAsync();
        var state = fixture.Directory.Describe();
        await fixture.MustAsync(0, "apply --yes");
        fixture.Write($"  - id: msft-teams\n    subject: \"{EntraFixture.Subject}\"\n");

        Assert.That((await fixture.MustAsync(2, "plan")).Output, Does.Contain("was made for a connector that psoxy.yaml no longer names"));
        await fixture.MustAsync(0, "destroy --yes");

        Assert.That(fixture.Directory.Describe(), Is.EqualTo(state));
    }

    [Test]
    public async Task One_that_was_taken_over_stays_without_our_credential()
    {
        await using var fixture = await EntraFixture.StartAsync();
        var (clientId, _) = fixture.Directory.AddApplication("By hand");
        await fixture.MustAsync(0, $"adopt {clientId} --connector outlook-mail");
        await fixture.MustAsync(0, "apply --yes");
        Assert.That(fixture.Directory.Describe(), Does.Contain(EntraFixture.Subject + " api://"));
        var before = fixture.Directory.Describe();

        var run = await fixture.MustAsync(0, "destroy --yes");

        Assert.That(run.Output, Does.Contain("'By hand'").And.Contain("stays"));
        Assert.That(fixture.Directory.Describe(), Does.Contain("By hand").And.Not.Contain("psoxy-acme-psoxy-outlook-mail https://accounts.google.com"));
        Assert.That(before, Does.Contain("psoxy-acme-psoxy-outlook-mail https://accounts.google.com"));
    }

    [Test]
    public async Task Somebody_is_asked_first()
    {
        await using var fixture = await EntraFixture.StartAsync();
        await fixture.MustAsync(0, "apply --yes");
        var state = fixture.Directory.Describe();
        fixture.Confirm = _ => false;

        await fixture.MustAsync(0, "destroy");
        await fixture.MustAsync(0, "destroy --dry-run");

        Assert.That(fixture.Directory.Describe(), Is.EqualTo(state));
    }
}
