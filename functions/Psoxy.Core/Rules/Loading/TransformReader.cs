using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Reads transforms, tagged (<c>- !&lt;redact&gt;</c>) or with <c>method: redact</c>.</summary>
internal static class TransformReader
{
    private static readonly Regex AnyBlanks = SafeRegex.Own(@"\s+");

    /// <summary>What every transform takes besides its own options.</summary>
    public static readonly ImmutableArray<string> Common = ["jsonPaths", "applyOnlyWhen", "method", "when"];

    /// <summary>Every transform with the options it takes.</summary>
    public static readonly ImmutableSortedDictionary<string, ImmutableArray<string>> Options = new Dictionary<string, ImmutableArray<string>>
    {
        ["redact"] = [],
        ["pseudonymize"] = ["encoding", "includeOriginal", "includeReversible"],
        ["pseudonymizeRegexMatches"] = ["regex", "includeReversible"],
        ["pseudonymizeEmailHeader"] = ["encoding"],
        ["tokenize"] = ["regex"],
        ["redactRegexMatches"] = ["redactions"],
        ["redactExceptSubstringsMatchingRegexes"] = ["exceptions"],
        ["redactExceptPhrases"] = ["allowedPhrases"],
        ["filterTokenByRegex"] = ["delimiter", "filters"],
        ["textDigest"] = ["isJsonEscaped", "jsonPathToProcessWhenEscaped", "keywords"],
        ["hashIp"] = [],
        ["encryptIp"] = [],
        ["sealPagingLink"] = [],
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The transforms of an endpoint, treatments expanded.</summary>
    public static ImmutableArray<Transform> ReadAll(NodeReader read, YamlNode node, Treatments treatments)
    {
        var transforms = ImmutableArray.CreateBuilder<Transform>();
        foreach (var item in read.Items(node, "'transforms'"))
        {
            if (IsTreatment(read, item)) Add(read, item, transforms, treatments.Expand((YamlMap)item));
            else if (Read(read, item) is { } transform) Add(read, item, transforms, [transform]);
        }

        return transforms.ToImmutable();
    }

    /// <summary>The transforms of a treatment. It may not use another, so that what an endpoint does can be read in two places at most.</summary>
    public static ImmutableArray<Transform> ReadTreatment(NodeReader read, YamlNode node, string what)
    {
        var transforms = ImmutableArray.CreateBuilder<Transform>();
        foreach (var item in read.Items(node, what))
        {
            if (IsTreatment(read, item)) read.Fail(item, $"{what} may not use a treatment; only endpoints do");
            else if (Read(read, item) is { } transform) transforms.Add(transform);
        }

        return transforms.ToImmutable();
    }

    private static bool IsTreatment(NodeReader read, YamlNode node) => node is YamlMap map && MethodName.Read(read, map) == Treatments.Method;

    // A treatment of thousands that thousands use would be millions.
    private static void Add(NodeReader read, YamlNode at, ImmutableArray<Transform>.Builder transforms, ImmutableArray<Transform> more)
    {
        if (read.CountPaths(more.Sum(transform => transform.JsonPaths.Length))) transforms.AddRange(more);
        else read.Fail(at, $"the transforms of all endpoints have more than {read.Options.MaxPaths} JSON paths, treatments expanded");
    }

    private static Transform? Read(NodeReader read, YamlNode node)
    {
        if (Method(read, node) is not { } method) return null;
        var what = $"the transform '{method}'";
        var members = read.TaggedMap(node, what, [.. Common, .. Options[method]]);
        if (!members.TryGetValue("jsonPaths", out var pathsNode)) read.Fail(node, $"{what} needs 'jsonPaths'");
        var paths = pathsNode is null ? [] : read.Paths(pathsNode, "'jsonPaths'");
        var applyOnlyWhen = members.TryGetValue("applyOnlyWhen", out var whenNode) && !IsBlank(whenNode) ? read.Path(whenNode, "'applyOnlyWhen'") : null;
        var holds = read.Holds(members);
        var transform = Make(read, node, method, members);
        return holds && transform is not null ? transform with { JsonPaths = paths, ApplyOnlyWhen = applyOnlyWhen } : null;
    }

    // The original takes a blank condition for none.
    private static bool IsBlank(YamlNode node) => node is YamlScalar scalar && string.IsNullOrWhiteSpace(scalar.Text);

    /// <summary>The tag's or the <c>method</c>'s name, if it is a known one.</summary>
    private static string? Method(NodeReader read, YamlNode node)
    {
        if (node is not YamlMap map)
        {
            read.Fail(node, $"expected a transform such as '- !<redact>' with 'jsonPaths', found {NodeReader.Describe(node)}");
            return null;
        }

        if (MethodName.Read(read, map) is not { } method)
        {
            read.Fail(node, "a transform without a name; expected a tag such as '!<redact>' or 'method: redact'");
            return null;
        }

        if (Options.ContainsKey(method)) return method;
        read.Fail(node, $"unknown transform '{NodeReader.Cut(method)}'; {read.Suggest(method, [.. Options.Keys, Treatments.Method])}");
        return null;
    }

    private static Transform? Make(NodeReader read, YamlNode node, string method, Dictionary<string, YamlNode> members)
    {
        YamlNode? Need(string key)
        {
            if (members.TryGetValue(key, out var value)) return value;
            read.Fail(node, $"the transform '{method}' needs '{key}'");
            return null;
        }

        bool Flag(string key) => members.TryGetValue(key, out var value) && read.Flag(value, $"'{key}'");

        switch (method)
        {
            case "redact": return new Redact { JsonPaths = [] };
            case "pseudonymize":
                var pseudonymize = new Pseudonymize
                {
                    JsonPaths = [],
                    Encoding = Encoding(read, members),
                    IncludeOriginal = Flag("includeOriginal"),
                    IncludeReversible = Flag("includeReversible"),
                };
                if (pseudonymize is { IncludeOriginal: true, Encoding: not PseudonymEncoding.Json })
                    read.Fail(members["includeOriginal"], "'includeOriginal' needs 'encoding: JSON': no other encoding has a place for it");
                return pseudonymize;
            case "pseudonymizeRegexMatches":
                return Need("regex") is { } pattern && read.Regex(pattern, "'regex'") is { } matches
                    ? new PseudonymizeRegexMatches { JsonPaths = [], Regex = matches, IncludeReversible = Flag("includeReversible") }
                    : null;
            case "pseudonymizeEmailHeader": return new PseudonymizeEmailHeader { JsonPaths = [], Encoding = Encoding(read, members) };
            case "tokenize":
                return new Tokenize { JsonPaths = [], Regex = members.TryGetValue("regex", out var token) ? read.Regex(token, "'regex'", whole: true, groups: true) : null };
            case "redactRegexMatches":
                return Need("redactions") is { } cuts ? new RedactRegexMatches { JsonPaths = [], Redactions = read.Regexes(cuts, "'redactions'") } : null;
            case "redactExceptSubstringsMatchingRegexes":
                return Need("exceptions") is { } kept
                    ? new RedactExceptSubstringsMatchingRegexes { JsonPaths = [], Exceptions = read.Regexes(kept, "'exceptions'") }
                    : null;
            case "redactExceptPhrases":
                return Need("allowedPhrases") is { } phrases
                    ? new RedactExceptPhrases { JsonPaths = [], AllowedPhrases = read.Texts(phrases, "'allowedPhrases'") }
                    : null;
            case "filterTokenByRegex":
                return Need("filters") is { } filters
                    ? new FilterTokenByRegex
                    {
                        JsonPaths = [],
                        Delimiter = (members.TryGetValue("delimiter", out var delimiter) ? read.Regex(delimiter, "'delimiter'") : null) ?? AnyBlanks,
                        Filters = read.Regexes(filters, "'filters'", whole: true),
                    }
                    : null;
            case "textDigest":
                return new DigestText
                {
                    JsonPaths = [],
                    Digest = new(members.TryGetValue("keywords", out var keywords) ? read.Texts(keywords, "'keywords'", allowEmpty: true) : []),
                    IsJsonEscaped = Flag("isJsonEscaped"),
                    EscapedPath = members.TryGetValue("jsonPathToProcessWhenEscaped", out var inner) ? read.Path(inner, "'jsonPathToProcessWhenEscaped'") : null,
                };
            case "hashIp": return new TokenizeIp { JsonPaths = [] };
            case "encryptIp": return new TokenizeIp { JsonPaths = [], Reversible = true };
            default: return new SealPagingLink { JsonPaths = [] };
        }
    }

    private static PseudonymEncoding Encoding(NodeReader read, Dictionary<string, YamlNode> members) =>
        members.TryGetValue("encoding", out var node)
            ? read.Choice(
                node,
                "'encoding'",
                ("JSON", PseudonymEncoding.Json),
                ("URL_SAFE_TOKEN", PseudonymEncoding.UrlSafeToken),
                ("URL_SAFE_HASH_ONLY", PseudonymEncoding.UrlSafeHashOnly)) ?? PseudonymEncoding.UrlSafeToken
            : PseudonymEncoding.UrlSafeToken;
}
