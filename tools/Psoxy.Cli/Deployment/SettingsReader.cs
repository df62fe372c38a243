using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Psoxy.Core.Rules;
using Psoxy.Core.Rules.Loading;
using Psoxy.Core.Settings;

namespace Psoxy.Cli.Deployment;

/// <summary>Reads a <c>psoxy.yaml</c>: known keys only, every error at once with its place.</summary>
internal sealed partial class SettingsReader
{
    /// <summary>What the file takes.</summary>
    public static readonly ImmutableArray<string> Keys =
    [
        "project", "region", "tenant", "cloud", "connectors", "callers", "verifyCallers", "callerAudiences", "ipBlocks", "owners", "prefix", "audience", "credential", "salt", "encryptionKey",
        "emailCanonicalization", "emailDomainHandling", "memory", "minInstances", "maxInstances", "timeout", "environment",
    ];

    // Google's bound on the id of a service account.
    private const int NameLimit = 30;

    private readonly NodeReader _read;
    private readonly string _folder;

    private SettingsReader(NodeReader read, string folder) => (_read, _folder) = (read, folder);

    /// <summary>Reads a file's content.</summary>
    /// <param name="yaml">Its bytes.</param>
    /// <param name="file">How errors name it.</param>
    /// <param name="folder">Where the files are that it names.</param>
    public static SettingsLoad Read(ReadOnlyMemory<byte> yaml, string file, string folder)
    {
        var options = new RulesOptions();
        var (root, fault) = new YamlReader(options, file, DeploymentSettings.FileName, "project").Read(yaml.Span);
        if (root is null) return new(null, [fault!]);
        var read = new NodeReader(file, options);
        var settings = new SettingsReader(read, folder).Root(root);
        return read.Errors.IsEmpty ? new(settings, []) : new(null, read.Errors);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static SettingsLoad ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path), path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"there is no '{path}': make one with 'psoxy init', or name another with --config.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"cannot read '{path}': {fault.Message}");
        }
    }

    /// <summary>Whether a text names a secret's version, by number.</summary>
    public static bool IsSecretVersion(string text) => SecretPattern().IsMatch(text);

    private DeploymentSettings Root(YamlNode root)
    {
        var members = _read.Map(root, "psoxy.yaml", [.. Keys]);
        foreach (var key in (string[])["project", "region", "tenant", "connectors"])
            if (root is YamlMap && !members.ContainsKey(key)) _read.Fail(root, $"'{key}' is missing in psoxy.yaml");
        var defaults = new DeploymentSettings { Project = "", Region = "", Tenant = "", Cloud = MicrosoftCloud.Global, Connectors = [], Salt = "", EncryptionKey = "" };
        var lists = new ListReader(_read);
        var project = Matching(members, "project", ProjectPattern(), "a Google Cloud project id: 6 to 30 lower-case letters, digits and '-'") ?? "";
        var prefix = Matching(members, "prefix", PrefixPattern(), "lower-case letters, digits and '-', a letter first") ?? defaults.Prefix;
        var credential = members.TryGetValue("credential", out var node) ? ConnectorsReader.Credential(_read, node) : defaults.Credential;
        var settings = defaults with
        {
            Project = project,
            Region = Matching(members, "region", RegionPattern(), "a region, such as us-central1") ?? "",
            Tenant = Matching(members, "tenant", TenantPattern(), "the tenant's id or one of its verified domains") ?? "",
            Cloud = members.TryGetValue("cloud", out var cloud) ? Cloud(cloud) : defaults.Cloud,
            Connectors = members.TryGetValue("connectors", out var connectors) ? [.. new ConnectorsReader(_read, _folder, credential).Read(connectors)] : [],
            Callers = lists.Callers(members.GetValueOrDefault("callers")),
            VerifyCallers = members.TryGetValue("verifyCallers", out var verify) && _read.Flag(verify, "'verifyCallers'"),
            CallerAudiences = lists.Audiences(members.GetValueOrDefault("callerAudiences")),
            IpBlocks = lists.IpBlocks(members.GetValueOrDefault("ipBlocks")),
            Owners = lists.Owners(members.GetValueOrDefault("owners")),
            Prefix = prefix,
            Audience = Matching(members, "audience", WordPattern(), "text without blanks") ?? defaults.Audience,
            Credential = credential,
            Salt = Secret(members, "salt") ?? $"projects/{project}/secrets/{prefix}-salt/versions/1",
            EncryptionKey = Secret(members, "encryptionKey") ?? $"projects/{project}/secrets/{prefix}-encryption-key/versions/1",
            EmailCanonicalization = Word(members, "emailCanonicalization", "STRICT", "IGNORE_DOTS"),
            EmailDomainHandling = Word(members, "emailDomainHandling", "PRESERVE", "REDACT", "TOKENIZE", "ENCRYPT"),
            Memory = Memory(members) ?? defaults.Memory,
            MinInstances = Number(members, "minInstances", 0, 1000) ?? defaults.MinInstances,
            MaxInstances = Number(members, "maxInstances", 1, 1000) ?? defaults.MaxInstances,
            Timeout = Number(members, "timeout", 20, 3600) ?? defaults.Timeout,
            Environment = lists.Environment(members.GetValueOrDefault("environment")),
        };
        if (settings.VerifyCallers && settings.Callers.IsEmpty) _read.Fail(members["verifyCallers"], "'verifyCallers' needs 'callers': without any, the function would leave it to Cloud Run who may call");
        if (!settings.VerifyCallers && !settings.CallerAudiences.IsEmpty) _read.Fail(members["callerAudiences"], "'callerAudiences' does nothing without 'verifyCallers: true'");
        if (settings.MinInstances > settings.MaxInstances) _read.Fail(members.GetValueOrDefault("minInstances", root), $"'minInstances' is more than 'maxInstances', {settings.MaxInstances}");
        foreach (var connector in settings.Connectors.Where(connector => settings.NameOf(connector).Length > NameLimit))
            _read.Fail(members.GetValueOrDefault("prefix", root), $"'{settings.NameOf(connector)}' is longer than {NameLimit} characters, Google's bound on the id of a service account: choose a shorter 'prefix'");
        return settings;
    }

    private MicrosoftCloud Cloud(YamlNode node)
    {
        var name = _read.Text(node, "'cloud'");
        var cloud = MicrosoftCloud.All.FirstOrDefault(known => known.Name == name);
        if (name is not null && cloud is null) _read.Fail(node, $"there is no cloud '{NodeReader.Cut(name)}'; {_read.Suggest(name, [.. MicrosoftCloud.All.Select(known => known.Name)])}");
        return cloud ?? MicrosoftCloud.Global;
    }

    private string? Matching(Dictionary<string, YamlNode> members, string key, Regex pattern, string expected)
    {
        if (!members.TryGetValue(key, out var node) || _read.Text(node, $"'{key}'") is not { } text) return null;
        if (pattern.IsMatch(text)) return text;
        _read.Fail(node, $"expected '{key}' to be {expected}, found '{NodeReader.Cut(text)}'");
        return null;
    }

    // A version by number: 'latest' would give everybody another pseudonym on the day that somebody adds one.
    private string? Secret(Dictionary<string, YamlNode> members, string key) =>
        Matching(members, key, SecretPattern(), "a secret version, projects/PROJECT/secrets/NAME/versions/NUMBER: never 'latest', which changes every pseudonym when a version is added, and never the secret itself");

    private string Word(Dictionary<string, YamlNode> members, string key, params string[] words)
    {
        if (!members.TryGetValue(key, out var node) || _read.Text(node, $"'{key}'") is not { } text) return words[0];
        if (words.Contains(text, StringComparer.Ordinal)) return text;
        _read.Fail(node, $"expected '{key}' to be one of {string.Join(", ", words)}, found '{NodeReader.Cut(text)}'");
        return words[0];
    }

    private string? Memory(Dictionary<string, YamlNode> members)
    {
        const string Expected = "an amount of memory from 256Mi to 32Gi, such as 512Mi";
        if (Matching(members, "memory", MemoryPattern(), Expected) is not { } memory) return null;
        var mebibytes = int.Parse(memory.AsSpan(0, memory.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture) * (memory.EndsWith("Gi", StringComparison.Ordinal) ? 1024 : 1);
        if (mebibytes is >= 256 and <= 32 * 1024) return memory;
        _read.Fail(members["memory"], $"expected 'memory' to be {Expected}, found '{memory}'");
        return null;
    }

    private int? Number(Dictionary<string, YamlNode> members, string key, int least, int most)
    {
        if (!members.TryGetValue(key, out var node) || _read.Text(node, $"'{key}'") is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        _read.Fail(node, $"expected '{key}' to be a whole number from {least} to {most}, found '{NodeReader.Cut(text)}'");
        return null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{4,28}[a-z0-9]\z")]
    private static partial Regex ProjectPattern();

    [GeneratedRegex(@"\A[a-z]+-[a-z]+[0-9]{1,2}\z")]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"\A(?!(common|organizations|consumers)\z)([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)\z")]
    private static partial Regex TenantPattern();

    [GeneratedRegex(@"\A[a-z]([a-z0-9-]*[a-z0-9])?\z")]
    private static partial Regex PrefixPattern();

    [GeneratedRegex(@"\A[!-~]{1,600}\z")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\Aprojects/[a-z0-9-]+/secrets/[A-Za-z0-9_-]{1,255}/versions/[1-9][0-9]*\z")]
    private static partial Regex SecretPattern();

    [GeneratedRegex(@"\A[1-9][0-9]{0,5}(Mi|Gi)\z")]
    private static partial Regex MemoryPattern();
}
