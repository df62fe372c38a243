using System.Text;
using Psoxy.Core.Connectors;

namespace Psoxy.Core.Tests.Connectors;

/// <summary>A wrong connector.yaml ends the build's tests, not a deployment.</summary>
public sealed class ConnectorReaderTests
{
    private const string Whole = """
        id: sample
        aliases: [example]
        displayName: Sample
        description: A sample.
        functionClass: Psoxy.Gcp.SampleFunction
        variants:
          default: []
          quiet: [noGroups, noOriginals]
        endpoints:
          - {path: '/v1.0/users', returns: user, collection: true, permission: User.Read.All, example: users, request: '/v1.0/users?$top=1'}
          - {path: '/v1.0/users/{userId}/messages', returns: message, collection: true, permission: User.Read.All, example: messages, request: '/v1.0/users/1/messages', mailbox: userId}
        permissions:
          User.Read.All: {reason: the directory, withheld: names}
        smokeRequests: ['/v1.0/users?$top=1']

        """;

    [Test]
    public void Everything_is_read()
    {
        var connector = Read(Whole);

        Assert.That(connector.Variants.Select(variant => (variant.Name, string.Join('+', variant.Flags.Order()))), Is.EqualTo(new[] { ("default", ""), ("quiet", "noGroups+noOriginals") }));
        Assert.That(connector.Permissions, Is.EqualTo(new[] { new RequiredRole("User.Read.All", "the directory", "names") }));
        Assert.That(connector.Endpoints, Is.EqualTo(new[]
        {
            new ConnectorEndpoint { Path = "/v1.0/users", Returns = "user", IsCollection = true, Permission = "User.Read.All", Example = "users", Request = "/v1.0/users?$top=1" },
            new ConnectorEndpoint
            {
                Path = "/v1.0/users/{userId}/messages", Returns = "message", IsCollection = true, Permission = "User.Read.All", Example = "messages", Request = "/v1.0/users/1/messages", Mailbox = "userId",
            },
        }));
    }

    [TestCase("  default: []\n", "", "'variants' must begin with 'default: []'")]
    [TestCase("  default: []", "  default: [noGroups]", "'variants' must begin with 'default: []'")]
    [TestCase("  default: []\n  quiet: [noGroups", "  quiet: []\n  default: [noGroups", "'variants' must begin with 'default: []'")]
    [TestCase("[noGroups,", "[noGroup,", "unknown flag 'noGroup'; did you mean 'noGroups'?")]
    [TestCase("permission: User.Read.All", "permission: User.ReadWrite.All", "'User.ReadWrite.All' is not one of the connector's permissions")]
    [TestCase(", withheld: names", "", "'withheld' is missing in the permission 'User.Read.All'")]
    [TestCase("returns: user, ", "", "'returns' is missing in an endpoint")]
    [TestCase("collection: true", "collection: many", "expected 'collection' to be true or false")]
    [TestCase("example: users", "exmple: users", "unknown key 'exmple' in an endpoint; did you mean 'example'?")]
    [TestCase("mailbox: userId", "mailbox: user", "'user' is not a segment of the endpoint's path")]
    [TestCase("description: A sample.\n", "", "'description' is missing in a connector file")]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string expected)
    {
        Assert.That(Whole, Does.Contain(right));
        Assert.That(() => Read(Whole.Replace(right, wrong, StringComparison.Ordinal)), Throws.InvalidOperationException.With.Message.Contains(expected).And.Message.StartsWith("sample/connector.yaml:"));
    }

    private static Connector Read(string yaml) => ConnectorReader.ReadFolder("sample", file => file.EndsWith(ConnectorReader.FileName, StringComparison.Ordinal) ? Encoding.UTF8.GetBytes(yaml) : []);
}
