using System.Collections.Immutable;
using Psoxy.Core.Rules;
using Psoxy.Core.Rules.Loading;

namespace Psoxy.Core.Connectors;

/// <summary>Reads a connector's folder.</summary>
internal sealed class ConnectorReader
{
    /// <summary>The file that makes a folder a connector's.</summary>
    public const string FileName = "connector.yaml";

    /// <summary>What the file takes.</summary>
    public static readonly ImmutableArray<string> Keys =
        ["id", "aliases", "displayName", "description", "functionClass", "variants", "endpoints", "permissions", "smokeRequests"];

    /// <summary>What an item of <c>endpoints</c> takes.</summary>
    public static readonly ImmutableArray<string> EndpointKeys = ["path", "returns", "collection", "permission", "example", "request", Mailbox];

    /// <summary>What a permission takes.</summary>
    public static readonly ImmutableArray<string> PermissionKeys = ["reason", "withheld"];

    private const string Mailbox = "mailbox";

    private readonly NodeReader _read;

    private ConnectorReader(NodeReader read) => _read = read;

    /// <summary>Reads the files of a folder that a function needs, wherever it is.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="bytes">What a file of it holds, by its path.</param>
    /// <exception cref="InvalidOperationException">A file is wrong: a bug of this build, since the files are part of it.</exception>
    public static Connector ReadFolder(string folder, Func<string, byte[]> bytes)
    {
        var file = $"{folder}/{FileName}";
        return Read(file, bytes(file), bytes($"{folder}/rules.yaml"));
    }

    private static Connector Read(string file, byte[] yaml, byte[] rules)
    {
        var options = new RulesOptions();
        var (root, fault) = new YamlReader(options, file).Read(yaml);
        if (root is null) throw new InvalidOperationException(fault!.ToString());
        var read = new NodeReader(file, options);
        var connector = new ConnectorReader(read).Root(root, rules);
        return read.Errors.IsEmpty ? connector : throw new InvalidOperationException(string.Join('\n', read.Errors));
    }

    private Connector Root(YamlNode root, byte[] rules)
    {
        var members = _read.Whole(root, "a connector file", Keys);
        ImmutableArray<RequiredRole> permissions = members.TryGetValue("permissions", out var roles) ? [.. Permissions(roles)] : [];
        return new Connector
        {
            Id = Text(members, "id"),
            Aliases = members.TryGetValue("aliases", out var aliases) ? _read.Texts(aliases, "'aliases'", allowEmpty: true) : [],
            DisplayName = Text(members, "displayName"),
            Description = Text(members, "description"),
            FunctionClass = Text(members, "functionClass"),
            Variants = members.TryGetValue("variants", out var variants) ? [.. Variants(variants)] : [],
            Endpoints = members.TryGetValue("endpoints", out var endpoints) ? [.. Endpoints(endpoints, permissions)] : [],
            Permissions = permissions,
            SmokeRequests = members.TryGetValue("smokeRequests", out var smoke) ? _read.Texts(smoke, "'smokeRequests'", allowEmpty: true) : [],
            RulesYaml = rules,
        };
    }

    private IEnumerable<ConnectorVariant> Variants(YamlNode node)
    {
        var members = _read.Members(node, "'variants'");
        if (members.Count == 0 || members[0].Key.Text != Connector.DefaultVariant || members[0].Value is not YamlList { Items.IsEmpty: true })
            _read.Fail(node, $"'variants' must begin with '{Connector.DefaultVariant}: []'");
        foreach (var (name, value) in members)
        {
            var flags = _read.Texts(value, $"the flags of '{name.Text}'", allowEmpty: true).ToImmutableHashSet(StringComparer.Ordinal);
            foreach (var flag in flags.Except(RulesOptions.KnownFlags)) _read.Fail(value, $"unknown flag '{NodeReader.Cut(flag)}'; {_read.Suggest(flag, [.. RulesOptions.KnownFlags])}");
            yield return new(name.Text, flags);
        }
    }

    private IEnumerable<ConnectorEndpoint> Endpoints(YamlNode node, ImmutableArray<RequiredRole> permissions)
    {
        foreach (var item in _read.Items(node, "'endpoints'"))
        {
            var members = _read.Whole(item, "an endpoint", EndpointKeys, optional: Mailbox);
            var path = Text(members, "path");
            var mailbox = members.TryGetValue(Mailbox, out var named) ? _read.Text(named, "'mailbox'") : null;
            if (mailbox is not null && !path.Split('/').Contains($"{{{mailbox}}}")) _read.Fail(named!, $"'{NodeReader.Cut(mailbox)}' is not a segment of the endpoint's path");
            var permission = Text(members, "permission");
            if (permission.Length > 0 && permissions.All(role => role.Name != permission)) _read.Fail(item, $"'{NodeReader.Cut(permission)}' is not one of the connector's permissions");
            yield return new ConnectorEndpoint
            {
                Path = path,
                Returns = Text(members, "returns"),
                IsCollection = members.TryGetValue("collection", out var collection) && _read.Flag(collection, "'collection'"),
                Permission = permission,
                Example = Text(members, "example"),
                Request = Text(members, "request"),
                Mailbox = mailbox,
            };
        }
    }

    private IEnumerable<RequiredRole> Permissions(YamlNode node)
    {
        foreach (var (name, value) in _read.Members(node, "'permissions'"))
        {
            var members = _read.Whole(value, $"the permission '{name.Text}'", PermissionKeys);
            yield return new(name.Text, Text(members, "reason"), Text(members, "withheld"));
        }
    }

    private string Text(Dictionary<string, YamlNode> members, string key) => members.TryGetValue(key, out var node) ? _read.Text(node, $"'{key}'") ?? "" : "";
}
