using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Reads one item of <c>endpoints</c>.</summary>
internal sealed class EndpointReader(NodeReader read, SchemaReader schemas, Treatments treatments, PathDefaults pathDefaults, ImmutableArray<string> commonHeaders)
{
    /// <summary>What an endpoint takes.</summary>
    public static readonly ImmutableArray<string> Keys =
    [
        "pathTemplate", "pathRegex", "allowedMethods", "allowedQueryParams", "pathParameterSchemas", "queryParamSchemas",
        "allowedRequestHeaders", "allowedRequestHeadersToForward", "responseSchema", "augments", "transforms", "when",
    ];

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>The endpoint; <c>null</c> if it is not part of the variant, or not valid.</summary>
    public Endpoint? Read(YamlNode node)
    {
        read.Endpoint = Name(node);
        var members = read.Map(node, "an endpoint", [.. Keys]);
        var path = Path(node, members);
        var endpoint = new Endpoint
        {
            Name = path switch { PathTemplate t => t.Text, PathRegex r => r.Text, _ => "" },
            Path = path ?? new PathTemplate("", []),
            Methods = members.TryGetValue("allowedMethods", out var methods) ? AllowedMethods(methods) : ["GET", "HEAD"],
            QueryParameters = members.TryGetValue("allowedQueryParams", out var query)
                ? read.Texts(query, "'allowedQueryParams'", allowEmpty: true).Select(name => name.ToLowerInvariant()).ToImmutableHashSet(StringComparer.Ordinal)
                : null,
            PathParameterSchemas = PathSchemas(members.GetValueOrDefault("pathParameterSchemas"), path),
            QueryParameterSchemas = members.TryGetValue("queryParamSchemas", out var querySchemas)
                ? ParameterReader.ReadAll(read, querySchemas, "'queryParamSchemas'", ignoreCase: true)
                : ImmutableDictionary<string, ParameterSchema>.Empty,
            RequestHeaders = [.. commonHeaders.Union(RequestHeaders(members), StringComparer.OrdinalIgnoreCase)],
            Augments = members.TryGetValue("augments", out var augments) ? AugmentReader.ReadAll(read, schemas, augments) : [],
            ResponseSchema = members.TryGetValue("responseSchema", out var schema) ? schemas.ReadRoot(schema) : null,
            Transforms = members.TryGetValue("transforms", out var transforms) ? TransformReader.ReadAll(read, transforms, treatments) : [],
            Line = node.Line,
        };
        var holds = read.Holds(members);
        read.Endpoint = null;
        return path is not null && holds ? endpoint : null;
    }

    private static string? Name(YamlNode node) =>
        node is YamlMap map && map.Members.FirstOrDefault(m => m.Key.Text is "pathTemplate" or "pathRegex").Value is YamlScalar { Text: var text } ? NodeReader.Cut(text, 200) : null;

    private PathPattern? Path(YamlNode node, Dictionary<string, YamlNode> members)
    {
        var hasTemplate = members.TryGetValue("pathTemplate", out var template);
        var hasRegex = members.TryGetValue("pathRegex", out var regex);
        if (hasTemplate == hasRegex)
        {
            read.Fail(node, $"an endpoint needs exactly one of 'pathTemplate' and 'pathRegex', found {(hasTemplate ? "both" : "neither")}");
            return null;
        }

        if (regex is not null)
            return read.Regex(regex, "'pathRegex'", whole: true, regexOptions: RegexOptions.IgnoreCase) is { } compiled ? new PathRegex(((YamlScalar)regex).Text, compiled) : null;
        if (template is null || read.Text(template, "'pathTemplate'") is not { } text) return null;
        if (PathTemplateReader.TryRead(text, out var path, out var error)) return path;
        read.Fail(template, $"'pathTemplate' '{NodeReader.Cut(text)}': {error}");
        return null;
    }

    // The original has both spellings.
    private IEnumerable<string> RequestHeaders(Dictionary<string, YamlNode> members)
    {
        foreach (var key in (string[])["allowedRequestHeaders", "allowedRequestHeadersToForward"])
        {
            if (!members.TryGetValue(key, out var headers)) continue;
            foreach (var name in HeaderNames.Read(read, headers, $"'{key}'")) yield return name;
        }
    }

    private ImmutableArray<string> AllowedMethods(YamlNode node)
    {
        var methods = read.Texts(node, "'allowedMethods'").Select(method => method.ToUpperInvariant()).Distinct().ToImmutableArray();
        foreach (var method in methods.Where(method => !Methods.Contains(method)))
            read.Fail(node, $"unknown method '{NodeReader.Cut(method)}' in 'allowedMethods'; expected some of {string.Join(", ", Methods)}");
        return methods;
    }

    private ImmutableDictionary<string, ParameterSchema> PathSchemas(YamlNode? node, PathPattern? path)
    {
        var own = node is null ? ImmutableDictionary<string, ParameterSchema>.Empty : ParameterReader.ReadAll(read, node, "'pathParameterSchemas'", ignoreCase: false);
        if (node is not null && path is PathRegex)
            read.Fail(node, "'pathParameterSchemas' need a 'pathTemplate': a regex has no named parameters, so they would never be looked at");
        if (path is not PathTemplate template) return own;
        var names = template.Segments.SelectMany(s => s.Parts).OfType<TemplateParameter>().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in own.Keys.Where(name => !names.Contains(name)))
            read.Fail(node!, $"'pathParameterSchemas' names '{name}', which the path template does not have");
        return pathDefaults.Complete(names, own);
    }
}
