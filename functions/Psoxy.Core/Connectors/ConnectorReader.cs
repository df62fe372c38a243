using System.Collections.Immutable;
using Psoxy.Core.Rules;
using Psoxy.Core.Rules.Loading;

namespace Psoxy.Core.Connectors;

/// <summary>Reads <c>connector.yaml</c>.</summary>
internal static class ConnectorReader
{
    /// <summary>What the file takes.</summary>
    public static readonly ImmutableArray<string> Keys = ["id", "aliases", "displayName", "description", "functionClass", "permissions", "smokeRequests"];

    /// <exception cref="InvalidOperationException">The file is wrong: a bug of this build, since the files are part of it.</exception>
    public static Connector Read(string file, byte[] yaml, byte[] rules)
    {
        var options = new RulesOptions();
        var (root, fault) = new YamlReader(options, file).Read(yaml);
        if (root is null) throw new InvalidOperationException(fault!.ToString());
        var read = new NodeReader(file, options);
        var members = read.Map(root, "a connector file", [.. Keys]);
        foreach (var missing in Keys.Where(key => !members.ContainsKey(key))) read.Fail(root, $"'{missing}' is missing");

        string Text(string key) => members.TryGetValue(key, out var node) ? read.Text(node, $"'{key}'") ?? "" : "";

        var connector = new Connector
        {
            Id = Text("id"),
            Aliases = members.TryGetValue("aliases", out var aliases) ? read.Texts(aliases, "'aliases'", allowEmpty: true) : [],
            DisplayName = Text("displayName"),
            Description = Text("description"),
            FunctionClass = Text("functionClass"),
            Permissions = members.TryGetValue("permissions", out var permissions)
                ? [.. read.Members(permissions, "'permissions'").Select(pair => new RequiredRole(pair.Key.Text, read.Text(pair.Value, $"the reason for '{pair.Key.Text}'") ?? ""))]
                : [],
            SmokeRequests = members.TryGetValue("smokeRequests", out var smoke) ? read.Texts(smoke, "'smokeRequests'") : [],
            RulesYaml = rules,
        };
        return read.Errors.IsEmpty ? connector : throw new InvalidOperationException(string.Join('\n', read.Errors));
    }
}
