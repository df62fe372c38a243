using System.Text;
using System.Text.Json;

namespace Psoxy.Cli.Deployment;

/// <summary>What somebody answered for a new <c>psoxy.yaml</c>, and the file that it makes.</summary>
internal sealed record SettingsText
{
    public string? Project { get; init; }

    public string? Region { get; init; }

    public string? Tenant { get; init; }

    public string? Cloud { get; init; }

    public string? Prefix { get; init; }

    public IReadOnlyList<string> Connectors { get; init; } = [];

    public IReadOnlyList<string> Callers { get; init; } = [];

    public IReadOnlyList<string> IpBlocks { get; init; } = [];

    public IReadOnlyList<string> Owners { get; init; } = [];

    public string? Salt { get; init; }

    public string? EncryptionKey { get; init; }

    public bool PseudonymizeAppIds { get; init; }

    /// <summary>The file, with a comment on each key; keys that have their default stand there as comments.</summary>
    public string Write()
    {
        var text = new StringBuilder()
            .Append("# yaml-language-server: $schema=deployment/schema/psoxy.schema.json\n")
            .Append("# What is deployed; nothing in it is secret. 'psoxy config check' tells what is wrong; docs/psoxy-yaml.md says more.\n\n")
            .Append("# Google Cloud.\n")
            .Append(One("project", Project)).Append(One("region", Region)).Append('\n')
            .Append("# Entra: the tenant's id or one of its verified domains.\n")
            .Append(One("tenant", Tenant))
            .Append(Optional("cloud", Cloud, "global", "usgov, usgov-dod, china")).Append('\n')
            .Append("# One function, one service account and one Entra application each. 'psoxy entra apply' adds clientId.\n")
            .Append(WriteConnectors()).Append('\n')
            .Append("# Who may call: e-mails or unique ids of accounts. Nobody else may.\n")
            .Append(Many("callers", Callers))
            .Append("# Let each function itself verify callers' tokens too (docs/callers.md); 'deploy.sh smoke' cannot call it then.\n")
            .Append(Optional("verifyCallers", null, "false", null)).Append('\n')
            .Append("# From where; empty is anywhere.\n")
            .Append(Many("ipBlocks", IpBlocks)).Append('\n')
            .Append("# Who owns the Entra applications and may mend them without a directory role: object ids or user principal names.\n")
            .Append(Many("owners", Owners)).Append('\n')
            .Append("# First part of all names.\n")
            .Append(Optional("prefix", Prefix, "psoxy", null)).Append('\n')
            .Append("# Secret versions. Who comes from the Java Psoxy names the old ones: pseudonyms depend on them.\n")
            .Append(Optional("salt", Salt, $"projects/{Project}/secrets/{Prefix ?? "psoxy"}-salt/versions/1", null))
            .Append(Optional("encryptionKey", EncryptionKey, $"projects/{Project}/secrets/{Prefix ?? "psoxy"}-encryption-key/versions/1", null))
            .Append("# These must never change once data has been collected.\n")
            .Append(Optional("emailCanonicalization", null, "STRICT", "IGNORE_DOTS"))
            .Append(Optional("emailDomainHandling", null, "PRESERVE", "REDACT, TOKENIZE, ENCRYPT")).Append('\n')
            .Append("# Each function.\n")
            .Append(Optional("memory", null, "512Mi", null)).Append(Optional("minInstances", null, "0", null)).Append(Optional("maxInstances", null, "5", null))
            .Append(Optional("timeout", null, "180", "seconds"));
        return text.ToString();
    }

    /// <summary>Of <c>connectors</c> alone.</summary>
    public string WriteConnectors()
    {
        if (Connectors.Count == 0) return "connectors: []\n";
        var text = new StringBuilder("connectors:\n");
        foreach (var connector in Connectors)
        {
            text.Append("  - id: ").Append(Quoted(connector)).Append('\n');
            if (PseudonymizeAppIds) text.Append("    pseudonymizeAppIds: true\n");
        }

        return text.ToString();
    }

    /// <summary>A key with its value.</summary>
    public static string One(string key, string? value) => value is null ? "" : $"{key}: {Quoted(value)}\n";

    /// <summary>A key with a list.</summary>
    public static string Many(string key, IReadOnlyList<string> values) =>
        values.Count == 0 ? $"{key}: []\n" : $"{key}:\n{string.Concat(values.Select(value => $"  - {Quoted(value)}\n"))}";

    private static string Optional(string key, string? value, string @default, string? others) =>
        value is null || value == @default ? $"# {key}: {@default}{(others is null ? "" : $"  # or {others}")}\n".Replace("# or seconds", "# seconds", StringComparison.Ordinal) : One(key, value);

    // Plain where nothing in it can be taken for something else; a unique id could be, for a number.
    private static string Quoted(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or '@' or '_') && text.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off")
            ? text
            : JsonSerializer.Serialize(text);
}
