using Psoxy.Emulator.Entra.Directory;

namespace Psoxy.Cli.Tests.Entra;

public sealed class ApplyTests
{
    private const string Name = "psoxy-acme-psoxy-outlook-mail";

    [Test]
    public async Task Plan_apply_and_nothing_is_left_to_plan()
    {
        await using var fixture = await EntraFixture.StartAsync(more: "owners: [" + Someone + "]\n");

        var before = await fixture.MustAsync(2, "plan");
        Assert.That(before.Output, Does.Contain("no application yet").And.Contain("+ make the application 'Psoxy Outlook Mail (acme-psoxy)', asking for Mail.ReadBasic.All").And.Contain("4 changes, 1 warning"));
        var applied = await fixture.MustAsync(0, "apply --yes");
        Assert.That(applied.Output, Does.Contain("done: make the federated credential").And.Contain("4 changes made"));

        var after = await fixture.MustAsync(0, "plan");
        Assert.That(after.Output, Does.Contain("0 changes, 1 warning").And.Contain("not granted yet: Mail.ReadBasic.All"));
        var state = fixture.Directory.Describe();
        Assert.That(state, Does.Contain($"\"{Name} https://accounts.google.com {EntraFixture.Subject} api://AzureADTokenExchange\"").And.Contain(Someone));
        Assert.That(await File.ReadAllTextAsync(fixture.File), Does.StartWith("# ours\n").And.Contain($"  - id: outlook-mail\n    clientId: ").And.Contain(fixture.Directory.FindClientId(Name)!));

        await fixture.MustAsync(0, "apply --yes");
        Assert.That(fixture.Directory.Describe(), Is.EqualTo(state), "a second time changes nothing");
    }

    [Test]
    public async Task What_a_hand_has_changed_is_shown_and_mended()
    {
        await using var fixture = await EntraFixture.StartAsync();
        await fixture.MustAsync(0, "apply --yes");
        var clientId = fixture.Directory.FindClientId(Name)!;
        var state = fixture.Directory.Describe();
        fixture.Directory.Change(clientId, body =>
        {
            body["signInAudience"] = "AzureADMultipleOrgs";
            body["displayName"] = "Something else";
            body["tags"] = new System.Text.Json.Nodes.JsonArray();
            ((System.Text.Json.Nodes.JsonArray)body["requiredResourceAccess"]![0]!["resourceAccess"]!).RemoveAt(0);
        });

        var plan = await fixture.MustAsync(2, "plan");

        Assert.That(plan.Output, Does.Contain("signInAudience is 'AzureADMultipleOrgs'").And.Contain("name it 'Psoxy Outlook Mail (acme-psoxy)' again").And.Contain("tag it again").And.Contain("ask for the permission Mail.ReadBasic.All"));
        await fixture.MustAsync(0, "apply --yes");
        Assert.That(fixture.Directory.Describe(), Is.EqualTo(state));
    }

    [Test]
    public async Task More_than_is_needed_is_shown_and_no_longer_asked_for()
    {
        await using var fixture = await EntraFixture.StartAsync();
        await fixture.MustAsync(0, "apply --yes");
        var clientId = fixture.Directory.FindClientId(Name)!;
        var state = fixture.Directory.Describe();
        fixture.Directory.Change(clientId, body => body["requiredResourceAccess"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject
        {
            ["resourceAppId"] = "00000002-0000-0ff1-ce00-000000000000",
            ["resourceAccess"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["id"] = "dc890d15-9560-4a4c-9b7f-a736ec74ec40", ["type"] = "Role" }),
        }));
        fixture.Directory.Grant(clientId, "Mail.Read");

        var plan = await fixture.MustAsync(2, "plan");

        Assert.That(plan.Output, Does.Contain("- no longer ask for the permission dc890d15-9560-4a4c-9b7f-a736ec74ec40 of 00000002-0000-0ff1-ce00-000000000000"));
        Assert.That(plan.Output, Does.Contain("! granted, and not needed: Mail.Read; only an administrator can revoke it"));
        await fixture.MustAsync(0, "apply --yes");
        Assert.That(fixture.Directory.Describe().Replace("\"Mail.Read\"", "", StringComparison.Ordinal).ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), Is.EqualTo(state.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)));
        Assert.That((await fixture.MustAsync(2, "plan --strict")).Output, Does.Contain("granted, and not needed: Mail.Read"), "apply cannot revoke");
    }

    [Test]
    public async Task Other_credentials_are_told_of_and_removed_only_when_asked_for()
    {
        await using var fixture = await EntraFixture.StartAsync();
        await fixture.MustAsync(0, "apply --yes");
        var clientId = fixture.Directory.FindClientId(Name)!;
        var state = fixture.Directory.Describe();
        fixture.Directory.AddCredential(clientId, "other", "https://token.actions.githubusercontent.com", "repo:x/y", "api://AzureADTokenExchange");
        fixture.Directory.Change(clientId, body =>
        {
            body["passwordCredentials"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["keyId"] = "99999999-0000-0000-0000-000000000001", ["hint"] = "abc" });
            body["keyCredentials"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["keyId"] = "99999999-0000-0000-0000-000000000002" });
        });

        var plan = await fixture.MustAsync(0, "plan");

        Assert.That(plan.Output, Does.Contain("! the federated credential 'other' (issuer https://token.actions.githubusercontent.com, subject repo:x/y): another way to").And.Contain("1 client secret, which nothing needs").And.Contain("1 certificate, which nothing needs"));
        await fixture.MustAsync(0, "apply --yes");
        Assert.That(fixture.Directory.Describe(), Does.Contain("repo:x/y"), "not unless it is asked for");
        await fixture.MustAsync(2, "plan --remove-credentials");
        await fixture.MustAsync(0, "apply --yes --remove-credentials");
        Assert.That(fixture.Directory.Describe(), Is.EqualTo(state));
    }

    [Test]
    public async Task A_credential_for_another_account_is_set_right()
    {
        await using var fixture = await EntraFixture.StartAsync();
        await fixture.MustAsync(0, "apply --yes --subject outlook-mail=999999999999999999999");
        Assert.That(fixture.Directory.Describe(), Does.Contain("999999999999999999999"));

        var plan = await fixture.MustAsync(2, "plan");
        await fixture.MustAsync(0, "apply --yes");

        Assert.That(plan.Output, Does.Contain($"~ set the federated credential '{Name}': subject {EntraFixture.Subject} instead of 999999999999999999999"));
        Assert.That(fixture.Directory.Describe(), Does.Not.Contain("999999999999999999999").And.Contain(EntraFixture.Subject));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task After_a_failure_at_any_request_a_second_run_ends_the_same_and_doubles_nothing(bool afterEffect)
    {
        const string Connectors = "  - id: outlook-mail\n    subject: \"" + EntraFixture.Subject + "\"\n  - id: msft-teams\n    subject: \"104817236459182736452\"\n";
        const string Owners = "owners: [" + Someone + "]\n";
        string expected;
        await using (var whole = await EntraFixture.StartAsync(Connectors, Owners))
        {
            await whole.MustAsync(0, "apply --yes");
            expected = whole.Directory.Describe();
        }

        for (var broken = 0; ; broken++)
        {
            await using var fixture = await EntraFixture.StartAsync(Connectors, Owners);
            fixture.Directory.BreakAfter(broken, afterEffect);
            var first = await fixture.RunAsync("apply --yes");
            if (first.ExitCode == 0)
            {
                Assert.That(broken, Is.GreaterThan(15), "every request was the one that failed");
                return;
            }

            Assert.That(first.Error, Does.Contain("run the command again"), first.Output);
            fixture.Directory.Mend();
            await fixture.MustAsync(0, "apply --yes");
            Assert.That(fixture.Directory.Describe(), Is.EqualTo(expected), $"failed at request {broken + 1}\n{first.Output}");
        }
    }

    [Test]
    public async Task A_directory_whose_replicas_lag_is_waited_for()
    {
        await using var fixture = await EntraFixture.StartAsync();
        fixture.Directory.Lag = 5;

        var run = await fixture.MustAsync(0, "apply --yes");

        Assert.That(run.Error, Does.Contain("Entra does not know the application everywhere yet"));
        Assert.That(fixture.Time.Waits, Does.Contain(TimeSpan.FromSeconds(1)).And.Contain(TimeSpan.FromSeconds(2)).And.Contain(TimeSpan.FromSeconds(4)), "longer each time");
        await fixture.MustAsync(0, "plan");
    }

    [TestCase(FaultName.Throttled)]
    [TestCase(FaultName.Unavailable)]
    public async Task Graph_is_given_the_time_that_it_asks_for(FaultName fault)
    {
        await using var fixture = await EntraFixture.StartAsync();
        fixture.Emulator.Faults.Graph.Set(fault == FaultName.Throttled ? Emulator.Faults.FaultKind.Throttled : Emulator.Faults.FaultKind.Unavailable, 2);

        await fixture.MustAsync(0, "apply --yes");

        Assert.That(fixture.Time.Waits.Count(wait => wait == TimeSpan.FromSeconds(7)), Is.EqualTo(2));
    }

    [Test]
    public async Task A_member_becomes_owner_of_what_they_make_and_may_go_on()
    {
        await using var fixture = await EntraFixture.StartAsync(role: DirectoryRole.None);

        await fixture.MustAsync(0, "apply --yes");

        Assert.That(fixture.Directory.Describe(), Does.Contain(fixture.Me));
    }

    [Test]
    public async Task Where_members_may_not_register_applications_the_refusal_names_who_may()
    {
        await using var fixture = await EntraFixture.StartAsync(role: DirectoryRole.None);
        fixture.Directory.MembersMayRegister = false;

        var run = await fixture.MustAsync(1, "apply --yes");

        Assert.That(run.Error, Does.Contain("Authorization_RequestDenied").And.Contain("Application Developer").And.Contain("psoxy entra adopt"));
    }

    [Test]
    public async Task Somebody_is_asked_first_and_no_means_no()
    {
        await using var fixture = await EntraFixture.StartAsync();
        var state = fixture.Directory.Describe();

        var silent = await fixture.MustAsync(2, "apply");
        Assert.That(silent.Error, Does.Contain("--yes"), "there is no terminal");
        fixture.Confirm = _ => false;
        var refused = await fixture.MustAsync(0, "apply");
        await fixture.MustAsync(0, "apply --dry-run");

        Assert.That(refused.Output, Does.Contain("Nothing was changed"));
        Assert.That(fixture.Directory.Describe(), Is.EqualTo(state));
    }

    [Test]
    public async Task A_script_gets_json()
    {
        await using var fixture = await EntraFixture.StartAsync();
        await fixture.MustAsync(0, "apply --yes");

        var plan = System.Text.Json.JsonDocument.Parse((await fixture.MustAsync(0, "plan --json")).Output).RootElement;

        Assert.That(plan.GetProperty("changes").GetInt32(), Is.Zero);
        var application = plan.GetProperty("applications")[0];
        Assert.That(application.GetProperty("clientId").GetString(), Is.EqualTo(fixture.Directory.FindClientId(Name)));
        Assert.That(application.GetProperty("findings")[0].GetProperty("kind").GetString(), Is.EqualTo("warning"));
    }

    [TestCase("plan --subject outlook-mail", "--subject takes CONNECTOR=ID")]
    [TestCase("plan --subject outlook-mail=psoxy@acme.iam.gserviceaccount.com", "--subject takes CONNECTOR=ID")]
    [TestCase("plan --connector msft-teams", "'msft-teams' is not one of the connectors of psoxy.yaml")]
    public async Task A_mistake_in_asking_for_a_plan_is_no_change(string arguments, string expected)
    {
        await using var fixture = await EntraFixture.StartAsync();

        Assert.That((await fixture.MustAsync(1, arguments)).Error, Does.Contain(expected));
    }

    [Test]
    public async Task A_client_id_that_is_an_object_id_is_recognised()
    {
        await using var fixture = await EntraFixture.StartAsync();
        var (clientId, objectId) = fixture.Directory.AddApplication("By hand");
        fixture.Write($"  - id: outlook-mail\n    clientId: \"{objectId}\"\n    subject: \"{EntraFixture.Subject}\"\n");

        var run = await fixture.MustAsync(1, "plan");

        Assert.That(run.Error, Does.Contain($"the object id of 'By hand', whose application (client) id is {clientId}"));
    }

    [Test]
    public async Task An_unknown_owner_is_told_before_anything_is_changed()
    {
        await using var fixture = await EntraFixture.StartAsync(more: "owners: [nobody@nowhere.example]\n");
        var state = fixture.Directory.Describe();

        var run = await fixture.MustAsync(1, "apply --yes");

        Assert.That(run.Error, Does.Contain("there is no person 'nobody@nowhere.example'"));
        Assert.That(fixture.Directory.Describe(), Is.EqualTo(state));
    }

    public enum FaultName
    {
        None = 0,
        Throttled,
        Unavailable,
    }

    private const string Someone = "77777777-2222-3333-4444-555555555555";
}
