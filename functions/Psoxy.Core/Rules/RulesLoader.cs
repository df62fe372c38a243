using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Psoxy.Core.Rules.Loading;

namespace Psoxy.Core.Rules;

/// <summary>Reads rules files: ours and those that users of the Java original wrote. Never throws on any content.</summary>
public static class RulesLoader
{
    /// <summary>What the root of a rules file takes.</summary>
    internal static readonly ImmutableArray<string> RootKeys = ["endpoints", "definitions", "treatments", "pathParameterSchemas", "allowedRequestHeaders", "allowAllEndpoints"];

    /// <summary>Loads a rules file, whole or not at all.</summary>
    /// <param name="utf8Yaml">The file's bytes.</param>
    /// <param name="fileName">How errors name it.</param>
    /// <param name="options">Variant and limits.</param>
    public static RulesLoad Load(ReadOnlyMemory<byte> utf8Yaml, string fileName, RulesOptions? options = null)
    {
        options ??= new RulesOptions();
        var (root, fault) = new YamlReader(options, fileName).Read(utf8Yaml.Span);
        if (root is null) return new(null, [fault!]);

        var read = new NodeReader(fileName, options);
        foreach (var flag in options.Flags.Except(RulesOptions.KnownFlags).Order(StringComparer.Ordinal))
            read.Fail(root, $"the variant asks for the flag '{flag}', which is not one of {string.Join(", ", RulesOptions.KnownFlags.Order(StringComparer.Ordinal))}");
        var endpoints = ReadRoot(read, root);
        if (!read.Errors.IsEmpty) return new(null, read.Errors);
#pragma warning disable CA5350 // Not for security: the caller knows rules files by this SHA-1 since the original.
        var sha1 = Convert.ToHexStringLower(SHA1.HashData(utf8Yaml.Span));
#pragma warning restore CA5350
        return new(new RuleSet(endpoints, sha1, Encoding.UTF8.GetString(utf8Yaml.Span)), []);
    }

    private static ImmutableArray<Endpoint> ReadRoot(NodeReader read, YamlNode root)
    {
        var members = read.Map(root, "a rules file", [.. RootKeys]);
        if (members.TryGetValue("allowAllEndpoints", out var all) && read.Flag(all, "'allowAllEndpoints'"))
            read.Fail(all, "'allowAllEndpoints: true' is refused: list the endpoints that may be used");
        var schemas = new SchemaReader(read, members.GetValueOrDefault("definitions"));
        schemas.CheckDefinitions();
        var treatments = new Treatments(read, members.GetValueOrDefault("treatments"));
        var pathDefaults = new PathDefaults(read, members.GetValueOrDefault("pathParameterSchemas"));
        ImmutableArray<string> headers = members.TryGetValue("allowedRequestHeaders", out var names) ? HeaderNames.Read(read, names, "'allowedRequestHeaders'") : [];
        if (!members.TryGetValue("endpoints", out var list))
        {
            if (root is YamlMap) read.Fail(root, "a rules file needs 'endpoints'");
            return [];
        }

        var endpoints = ImmutableArray.CreateBuilder<Endpoint>();
        var items = read.Items(list, "'endpoints'");
        if (items.Count > read.Options.MaxEndpoints)
        {
            read.Fail(list, $"{items.Count} endpoints; {read.Options.MaxEndpoints} at most");
            return [];
        }

        var reader = new EndpointReader(read, schemas, treatments, pathDefaults, headers);
        foreach (var item in items)
            if (reader.Read(item) is { } endpoint) endpoints.Add(endpoint);
        treatments.FailUnused();
        pathDefaults.FailUnused();
        return endpoints.ToImmutable();
    }
}
