using System.Text;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Tests.Deployment;

public sealed class SettingsReaderTests
{
    private static SettingsLoad Read(string yaml, string folder = ".") => SettingsReader.Read(Encoding.UTF8.GetBytes(yaml), "psoxy.yaml", folder);

    [Test]
    public void What_is_not_said_has_its_default_and_names_follow_from_the_prefix()
    {
        var settings = Read(SampleSettings.Least).Settings!;
        var mail = settings.Connectors.Single();

        Assert.That((settings.Memory, settings.MinInstances, settings.MaxInstances, settings.Timeout), Is.EqualTo(("512Mi", 0, 5, 180)));
        Assert.That(settings.Salt, Is.EqualTo("projects/acme-psoxy/secrets/psoxy-salt/versions/1"));
        Assert.That(settings.ServiceAccountOf(mail), Is.EqualTo("psoxy-outlook-mail@acme-psoxy.iam.gserviceaccount.com"));
        Assert.That(settings.UniqueNameOf(mail), Is.EqualTo("psoxy-acme-psoxy-outlook-mail"));
        Assert.That((settings.Callers, settings.Invokers), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())), "a missing list means nobody");
    }

    [Test]
    public void Everything_can_be_said()
    {
        var load = Read(SampleSettings.All);

        Assert.That(load.Errors, Is.Empty);
        var settings = load.Settings!;
        Assert.That(settings.Cloud.GraphHost, Is.EqualTo("graph.microsoft.us"));
        Assert.That(settings.Connectors.Select(connector => connector.Connector.Id), Is.EqualTo(["outlook-mail", "msft-entra-id"]), "an alias stands for its connector");
        Assert.That(settings.Connectors[0].Flags, Is.EquivalentTo(["pseudonymizeAppIds", "noGroups"]));
        Assert.That(settings.Invokers, Is.EqualTo(["serviceAccount:worklytics@project.iam.gserviceaccount.com", "user:somebody@example.com"]), "IAM takes no unique ids");
        Assert.That(settings.IpBlocks.Select(block => block.ToString()), Is.EqualTo(["10.0.0.0/8", "2001:db8::/32", "192.0.2.7/32"]));
    }

    [TestCase("project: Acme", 1, 10, "Google Cloud project id")]
    [TestCase("region: us", 1, 9, "a region, such as us-central1")]
    [TestCase("tenant: common", 1, 9, "the tenant's id or one of its verified domains")]
    [TestCase("cloud: golbal", 1, 8, "did you mean 'global'?")]
    [TestCase("projcet: acme-psoxy", 1, 1, "did you mean 'project'?")]
    [TestCase("connectors: []", 1, 13, "'connectors' is empty")]
    [TestCase("connectors: [{id: outlok-mail}]", 1, 19, "did you mean 'outlook-mail'?")]
    [TestCase("connectors: [{id: outlook-mail}, {id: outlook-mail}]", 1, 34, "'outlook-mail' stands here twice")]
    [TestCase("connectors: [{noGroups: true}]", 1, 14, "'id' is missing")]
    [TestCase("connectors: [{id: outlook-mail, pseudonymiseAppIds: true}]", 1, 33, "did you mean 'pseudonymizeAppIds'?")]
    [TestCase("connectors: [{id: msft-teams, noGroups: true}]", 1, 41, "'noGroups' does nothing for msft-teams, which knows pseudonymizeAppIds")]
    [TestCase("connectors: [{id: outlook-mail, clientId: mine}]", 1, 43, "the application (client) id, a GUID")]
    [TestCase("connectors: [{id: outlook-mail, subject: psoxy@acme.iam.gserviceaccount.com}]", 1, 42, "not its e-mail")]
    [TestCase("connectors: [{id: outlook-mail, rules: no/such.yaml}]", 1, 40, "cannot read the rules 'no/such.yaml'")]
    [TestCase("callers: [allUsers]", 1, 11, "neither the e-mail of an account in lower case")]
    [TestCase("callers: ['serviceAccount:a@b.iam.gserviceaccount.com']", 1, 11, "prefixes such as 'serviceAccount:'")]
    [TestCase("callers: [A@b.com]", 1, 11, "in lower case")]
    [TestCase("callers: [a@b.com, a@b.com]", 1, 20, "stands in 'callers' twice")]
    [TestCase("callerAudiences: ['http://x.com']", 1, 19, "is not an https URL")]
    [TestCase("callerAudiences: ['https://x.com']", 1, 18, "does nothing without 'verifyCallers: true'")]
    [TestCase("verifyCallers: true", 1, 16, "'verifyCallers' needs 'callers'")]
    [TestCase("ipBlocks: [10.0.0.1/8]", 1, 12, "whose host bits are zero")]
    [TestCase("owners: [Jane]", 1, 10, "object id nor the user principal name")]
    [TestCase("salt: projects/p/secrets/s/versions/latest", 1, 7, "never 'latest'")]
    [TestCase("encryptionKey: my-key", 1, 16, "never the secret itself")]
    [TestCase("emailCanonicalization: strict", 1, 24, "one of STRICT, IGNORE_DOTS")]
    [TestCase("memory: 64Gi", 1, 9, "from 256Mi to 32Gi")]
    [TestCase("minInstances: 9", 1, 1, "'minInstances' is more than 'maxInstances', 5", TestName = "More instances at least than at most")]
    [TestCase("timeout: 5", 1, 10, "a whole number from 20 to 3600")]
    [TestCase("environment: {TENANT_ID: x}", 1, 15, "'TENANT_ID' is set by 'tenant'")]
    [TestCase("environment: {K_SERVICE: x}", 1, 15, "the platform's own")]
    [TestCase("environment: {lower: x}", 1, 15, "is not the name of a setting")]
    [TestCase("prefix: Psoxy", 1, 9, "a letter first")]
    [TestCase("prefix: psoxy-of-the-whole-firm\nconnectors: [{id: outlook-mail}]", 1, 9, "longer than 30 characters")]
    [TestCase("[]", 1, 1, "expected psoxy.yaml to be a map")]
    [TestCase("", 1, 1, "expected a map with 'project'")]
    public void A_mistake_is_told_with_its_place(string yaml, int line, int column, string expected)
    {
        var load = Read(yaml);

        Assert.That(load.Settings, Is.Null);
        var error = load.Errors.Single(error => error.Message.Contains(expected, StringComparison.Ordinal));
        Assert.That(error.Line, Is.EqualTo(line));
        if (!expected.StartsWith("'minInstances'", StringComparison.Ordinal)) Assert.That(error.Column, Is.EqualTo(column));
    }

    [Test]
    public void All_mistakes_are_told_at_once()
    {
        var load = Read("project: X\nregion: y\nconnectors: [{id: nothing-like-it}]\nextra: 1\n");

        Assert.That(load.Errors.Select(error => error.Line), Is.EqualTo([1, 1, 2, 3, 4]), string.Join('\n', load.Errors));
        Assert.That(load.Errors.Select(error => error.Message), Has.One.Contains("'tenant' is missing"));
    }

    [Test]
    public void Rules_of_ones_own_are_read_with_the_connectors_flags_and_must_be_valid()
    {
        using var folder = new TemporaryFolder();
        folder.Write("mine.yaml", "endpoints:\n  - pathTemplate: /v1.0/users\n    wrong: 1\n");
        var yaml = SampleSettings.Least + "    rules: mine.yaml\n";

        var load = Read(yaml, Path.GetDirectoryName(folder["x"])!);

        Assert.That(load.Errors.Select(error => error.Message), Has.One.Contains("the rules are invalid: mine.yaml:3:5:"));
    }
}
