using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Psoxy.Cli.Deployment;

/// <summary>The environment that a connector's function is deployed with (docs/configuration.md). What has its default is left out, and so are salt and key, which the platform injects.</summary>
internal static class FunctionEnvironment
{
    // Cloud Functions' bound on all names and values together.
    private const int Limit = 32 * 1024;

    /// <summary>Names and values.</summary>
    /// <param name="settings">What is deployed.</param>
    /// <param name="connector">For whom.</param>
    /// <param name="clientId">Client id of its application.</param>
    /// <param name="audiences">Further URLs of the function.</param>
    /// <exception cref="UsageException">It is more than a function takes.</exception>
    public static SortedDictionary<string, string> Of(DeploymentSettings settings, ConnectorSettings connector, string clientId, IEnumerable<string> audiences)
    {
        var environment = new SortedDictionary<string, string>(settings.Environment, StringComparer.Ordinal)
        {
            ["SOURCE"] = connector.Connector.Id,
            ["TENANT_ID"] = settings.Tenant,
            ["CLIENT_ID"] = clientId,
            ["EMAIL_CANONICALIZATION"] = settings.EmailCanonicalization,
            ["EMAIL_DOMAIN_HANDLING"] = settings.EmailDomainHandling,
            ["REQUEST_TIMEOUT_SECONDS"] = settings.Timeout.ToString(CultureInfo.InvariantCulture),
            ["AUDIENCE"] = settings.Audience,
            ["CLOUD"] = settings.Cloud.Name,
        };
        if (connector.Flags.Contains("pseudonymizeAppIds")) environment["PSEUDONYMIZE_APP_IDS"] = "true";
        if (connector.Flags.Contains("noGroups")) environment["NO_GROUPS"] = "true";
        if (connector.Flags.Contains("noOriginals")) environment["NO_ORIGINALS"] = "true";
        if (connector.RulesFile is not null) environment["RULES"] = Packed(connector.Rules.Span);
        if (!settings.IpBlocks.IsEmpty) environment["ALLOWED_DATA_ACCESS_IP_BLOCKS"] = string.Join(',', settings.IpBlocks);
        if (settings.VerifyCallers)
        {
            environment["ALLOWED_CALLERS"] = string.Join(',', settings.Callers);
            environment["CALLER_AUDIENCES"] = string.Join(',', settings.CallerAudiences.Concat(audiences).Prepend(settings.UrlOf(connector)).Distinct());
        }

        var length = environment.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value));
        return length <= Limit
            ? environment
            : throw new UsageException($"the environment of {connector.Connector.Id} has {length} bytes, more than the {Limit} that a function takes{(connector.RulesFile is null ? "." : $": make '{connector.RulesFile}' smaller.")}");
    }

    /// <summary>The same as the file that gcloud takes with <c>--env-vars-file</c>: every value in double quotes, so that <c>true</c> stays text.</summary>
    public static void WriteYaml(TextWriter output, IEnumerable<KeyValuePair<string, string>> environment)
    {
        // JSON's strings are YAML's double-quoted ones.
        foreach (var (name, value) in environment) output.WriteLine($"{name}: {JsonSerializer.Serialize(value)}");
    }

    private static string Packed(ReadOnlySpan<byte> rules)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(rules);
        return Convert.ToBase64String(packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }
}
