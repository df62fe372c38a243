using System.Globalization;

namespace Psoxy.Cli.Deployment;

/// <summary>A setting as scripts ask for it.</summary>
/// <param name="Name">Key of <c>psoxy.yaml</c>, or of what follows from others.</param>
/// <param name="IsList">Whether there may be any number of values.</param>
/// <param name="Values">None where it is not set and has no default.</param>
internal sealed record SettingsValue(string Name, bool IsList, IReadOnlyList<string> Values)
{
    /// <summary>Those of the whole deployment, defaults filled in.</summary>
    public static IReadOnlyList<SettingsValue> Of(DeploymentSettings settings) =>
    [
        One("project", settings.Project),
        One("region", settings.Region),
        One("tenant", settings.Tenant),
        One("cloud", settings.Cloud.Name),
        Many("connectors", settings.Connectors.Select(connector => connector.Connector.Id)),
        Many("callers", settings.Callers),
        Many("invokers", settings.Invokers),
        One("verifyCallers", settings.VerifyCallers ? "true" : "false"),
        Many("callerAudiences", settings.CallerAudiences),
        Many("ipBlocks", settings.IpBlocks.Select(block => block.ToString())),
        Many("owners", settings.Owners),
        One("prefix", settings.Prefix),
        One("audience", settings.Audience),
        One("salt", settings.Salt),
        One("encryptionKey", settings.EncryptionKey),
        One("emailCanonicalization", settings.EmailCanonicalization),
        One("emailDomainHandling", settings.EmailDomainHandling),
        One("memory", settings.Memory),
        One("minInstances", settings.MinInstances.ToString(CultureInfo.InvariantCulture)),
        One("maxInstances", settings.MaxInstances.ToString(CultureInfo.InvariantCulture)),
        One("timeout", settings.Timeout.ToString(CultureInfo.InvariantCulture)),
        Many("environment", settings.Environment.Select(pair => $"{pair.Key}={pair.Value}")),
    ];

    /// <summary>Those of one connector.</summary>
    public static IReadOnlyList<SettingsValue> Of(DeploymentSettings settings, ConnectorSettings connector) =>
    [
        One("id", connector.Connector.Id),
        One("name", settings.NameOf(connector)),
        One("functionClass", connector.Connector.FunctionClass),
        One("serviceAccount", settings.ServiceAccountOf(connector)),
        One("url", settings.UrlOf(connector)),
        One("uniqueName", settings.UniqueNameOf(connector)),
        One("clientId", connector.ClientId),
        One("subject", connector.Subject),
        Many("flags", connector.Flags.Order(StringComparer.Ordinal)),
        One("rules", connector.RulesFile),
    ];

    /// <summary>As a line that a shell reads, whatever the value holds: <c>name='value'</c>, the items of a list with blanks between.</summary>
    public string ToShell() => $"{Name}='{string.Join(' ', Values).Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static SettingsValue One(string name, string? value) => new(name, false, value is null ? [] : [value]);

    private static SettingsValue Many(string name, IEnumerable<string> values) => new(name, true, [.. values]);
}
