using System.Collections.Immutable;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;
using Psoxy.Core.Rules.Loading;
using Psoxy.Core.Settings;

namespace Psoxy.Cli.Deployment;

/// <summary>Reads <c>connectors</c>.</summary>
internal sealed class ConnectorsReader(NodeReader read, string folder, CredentialKind credential)
{
    /// <summary>What an item takes.</summary>
    public static readonly ImmutableArray<string> Keys = ["id", "clientId", "subject", "credential", "certificate", .. RulesOptions.KnownFlags.Order(StringComparer.Ordinal), "rules"];

    public IEnumerable<ConnectorSettings> Read(YamlNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var items = read.Items(node, "'connectors'");
        if (node is YamlList && items.Count == 0) read.Fail(node, "'connectors' is empty; expected at least one");
        foreach (var item in items)
        {
            if (Item(item) is not { } connector) continue;
            if (seen.Add(connector.Connector.Id)) yield return connector;
            else read.Fail(item, $"the connector '{connector.Connector.Id}' stands here twice");
        }
    }

    private ConnectorSettings? Item(YamlNode item)
    {
        var members = read.Map(item, "an item of 'connectors'", [.. Keys]);
        if (!members.TryGetValue("id", out var id))
        {
            if (item is YamlMap) read.Fail(item, "'id' is missing in an item of 'connectors'");
            return null;
        }

        if (read.Text(id, "'id'") is not { } name) return null;
        if (ConnectorCatalog.Find(name) is not { } connector)
        {
            read.Fail(id, $"there is no connector '{NodeReader.Cut(name)}'; {read.Suggest(name, [.. ConnectorCatalog.All.Select(known => known.Id)])}");
            return null;
        }

        var flags = Flags(members, connector);
        var (file, rules) = members.TryGetValue("rules", out var path) ? Rules(path, flags) : (null, null);
        var kind = Credential(members);
        return new(connector, flags, file, rules, ClientId(members), Subject(members), id.Line) { Credential = kind, Certificate = Certificate(members, kind) };
    }

    private CredentialKind Credential(Dictionary<string, YamlNode> members) => members.TryGetValue("credential", out var node) ? Credential(read, node) : credential;

    /// <summary>Reads <c>credential</c>, of a connector or of all.</summary>
    public static CredentialKind Credential(NodeReader read, YamlNode node)
    {
        if (read.Text(node, "'credential'") is not { } text) return default;
        if (Enum.GetValues<CredentialKind>().Where(kind => NameOf(kind) == text) is var known && known.Any()) return known.Single();
        read.Fail(node, $"expected 'credential' to be one of {string.Join(", ", Enum.GetValues<CredentialKind>().Select(NameOf))}, found '{NodeReader.Cut(text)}'");
        return default;
    }

    /// <summary>As the file spells it.</summary>
    public static string NameOf(CredentialKind kind) => kind.ToString().ToLowerInvariant();

    private string? Certificate(Dictionary<string, YamlNode> members, CredentialKind kind)
    {
        if (!members.TryGetValue("certificate", out var node) || read.Text(node, "'certificate'") is not { } text) return null;
        if (!SettingsReader.IsSecretVersion(text))
            read.Fail(node, "expected 'certificate' to be a secret version, projects/PROJECT/secrets/NAME/versions/NUMBER, as 'psoxy entra certificate' writes it: never 'latest', and never the key itself");
        else if (kind != CredentialKind.Certificate) read.Fail(node, "'certificate' does nothing with 'credential: federated': take it out, or make that 'credential: certificate'");
        return text;
    }

    private ImmutableHashSet<string> Flags(Dictionary<string, YamlNode> members, Connector connector)
    {
        var known = ConnectorSettings.FlagsOf(connector);
        var flags = ImmutableHashSet.CreateBuilder<string>();
        foreach (var flag in RulesOptions.KnownFlags.Order(StringComparer.Ordinal))
        {
            if (!members.TryGetValue(flag, out var node) || !read.Flag(node, $"'{flag}'")) continue;
            if (known.Contains(flag)) flags.Add(flag);
            else read.Fail(node, $"'{flag}' does nothing for {connector.Id}, which knows {string.Join(", ", known)}");
        }

        return flags.ToImmutable();
    }

    private (string? File, byte[]? Rules) Rules(YamlNode node, ImmutableHashSet<string> flags)
    {
        if (read.Text(node, "'rules'") is not { } file) return default;
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, file));
            var load = RulesLoader.Load(bytes, file, new RulesOptions { Flags = flags });
            foreach (var error in load.Errors) read.Fail(node, $"the rules are invalid: {error}");
            return (file, bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            read.Fail(node, $"cannot read the rules '{NodeReader.Cut(file)}', which are looked for beside psoxy.yaml: {fault.Message}");
            return default;
        }
    }

    private string? ClientId(Dictionary<string, YamlNode> members)
    {
        if (!members.TryGetValue("clientId", out var node) || read.Text(node, "'clientId'") is not { } text) return null;
        if (Guid.TryParseExact(text, "D", out var id)) return id.ToString("D");
        read.Fail(node, $"expected 'clientId' to be the application (client) id, a GUID, found '{NodeReader.Cut(text)}'");
        return null;
    }

    private string? Subject(Dictionary<string, YamlNode> members)
    {
        if (!members.TryGetValue("subject", out var node) || read.Text(node, "'subject'") is not { } text) return null;
        if (GoogleAccount.IsUniqueId(text)) return text;
        read.Fail(node, $"expected 'subject' to be the unique id of the connector's service account, a number of about 21 digits, not its e-mail; found '{NodeReader.Cut(text)}'");
        return null;
    }
}
