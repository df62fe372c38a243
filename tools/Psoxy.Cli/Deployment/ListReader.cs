using System.Collections.Immutable;
using System.Net;
using Psoxy.Core.Rules.Loading;
using Psoxy.Core.Settings;

namespace Psoxy.Cli.Deployment;

/// <summary>Reads the lists of a <c>psoxy.yaml</c>. What is not there is an empty list.</summary>
internal sealed class ListReader(NodeReader read)
{
    // Each is set by a key of its own, which the message names.
    private static readonly Dictionary<string, string> SetElsewhere = new(StringComparer.Ordinal)
    {
        ["SOURCE"] = "connectors", ["TENANT_ID"] = "tenant", ["CLIENT_ID"] = "connectors: clientId", ["CLIENT_CERTIFICATE"] = "connectors: certificate", ["AUDIENCE"] = "audience", ["CLOUD"] = "cloud", ["PSOXY_SALT"] = "salt",
        ["PSOXY_ENCRYPTION_KEY"] = "encryptionKey", ["EMAIL_CANONICALIZATION"] = "emailCanonicalization", ["EMAIL_DOMAIN_HANDLING"] = "emailDomainHandling",
        ["PSEUDONYMIZE_APP_IDS"] = "connectors: pseudonymizeAppIds", ["NO_GROUPS"] = "connectors: noGroups", ["NO_ORIGINALS"] = "connectors: noOriginals", ["RULES"] = "connectors: rules",
        ["ALLOWED_DATA_ACCESS_IP_BLOCKS"] = "ipBlocks", ["ALLOWED_CALLERS"] = "callers", ["CALLER_AUDIENCES"] = "callerAudiences", ["REQUEST_TIMEOUT_SECONDS"] = "timeout",
    };

    private static readonly string[] Platform = ["PORT", "PATH", "HOME", "FUNCTION_TARGET", "FUNCTION_NAME", "FUNCTION_SIGNATURE_TYPE", "K_SERVICE", "K_REVISION", "K_CONFIGURATION"];

    public ImmutableArray<string> Callers(YamlNode? node) => Items(node, "callers", text =>
        GoogleAccount.IsUniqueId(text) || GoogleAccount.IsEmail(text)
            ? null
            : "is neither the e-mail of an account in lower case, such as name@project.iam.gserviceaccount.com, nor a unique id; there are no wildcards, domains, groups or prefixes such as 'serviceAccount:'");

    public ImmutableArray<string> Audiences(YamlNode? node) => Items(node, "callerAudiences", text =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && text.All(c => c is > ' ' and <= '~' and not ('*' or ',')) ? null : "is not an https URL");

    public ImmutableArray<string> Owners(YamlNode? node) => Items(node, "owners", text =>
        Guid.TryParseExact(text, "D", out _) || (text.Contains('@', StringComparison.Ordinal) && text.All(c => c is > ' ' and <= '~' and not ('\'' or '/')))
            ? null
            : "is neither the object id nor the user principal name of a person");

    public ImmutableArray<IPNetwork> IpBlocks(YamlNode? node) =>
        [.. Items(node, "ipBlocks", text => AddressBlock.Parse(text) is null ? "is not a CIDR block whose host bits are zero, such as 10.0.0.0/8" : null).Select(text => AddressBlock.Parse(text)!.Value)];

    public ImmutableSortedDictionary<string, string> Environment(YamlNode? node)
    {
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in node is null ? [] : read.Members(node, "'environment'"))
        {
            if (SetElsewhere.TryGetValue(name.Text, out var key)) read.Fail(name, $"'{name.Text}' is set by '{key}'");
            else if (Platform.Contains(name.Text) || name.Text.StartsWith("GOOGLE_", StringComparison.Ordinal) || name.Text.StartsWith("X_GOOGLE_", StringComparison.Ordinal))
                read.Fail(name, $"'{NodeReader.Cut(name.Text)}' is the platform's own");
            else if (!IsName(name.Text)) read.Fail(name, $"'{NodeReader.Cut(name.Text)}' is not the name of a setting: capital letters, digits and '_'");
            else if (read.Text(value, $"'{name.Text}'") is { } text) environment[name.Text] = text;
        }

        return environment.ToImmutable();
    }

    private ImmutableArray<string> Items(YamlNode? node, string key, Func<string, string?> problem)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        foreach (var item in node is null ? [] : read.Items(node, $"'{key}'"))
        {
            if (read.Text(item, $"an item of '{key}'") is not { } text) continue;
            if (problem(text) is { } wrong) read.Fail(item, $"'{NodeReader.Cut(text)}' in '{key}' {wrong}");
            else if (items.Contains(text)) read.Fail(item, $"'{NodeReader.Cut(text)}' stands in '{key}' twice");
            else items.Add(text);
        }

        return items.ToImmutable();
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 100 && char.IsAsciiLetterUpper(name[0]) && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
}
