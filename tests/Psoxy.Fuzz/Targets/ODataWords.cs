using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using Psoxy.Core.Rules;

namespace Psoxy.Fuzz.Targets;

/// <summary>A crude second opinion on OData options: words outside of quotes, with no grammar at all.</summary>
internal sealed partial class ODataWords(Endpoint endpoint)
{
    private static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
        ["or", "and", "not", "eq", "ne", "gt", "ge", "lt", "le", "in", "any", "all", "asc", "desc", "true", "false", "null", "startswith", "endswith", "contains",
            "select", "filter", "orderby", "expand", "top", "skip", "count"], StringComparer.OrdinalIgnoreCase);

    // Graph finds properties whatever the case.
    private readonly HashSet<string> _known = new(Known(endpoint), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _hidden = new(endpoint.Transforms.OfType<Redact>().SelectMany(Everywhere), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _pseudonymized = new(
        endpoint.Transforms.OfType<Pseudonymize>().Where(transform => !transform.IncludeOriginal).SelectMany(Everywhere), StringComparer.OrdinalIgnoreCase);

    /// <summary>Why the option should not have been allowed, or <c>null</c>.</summary>
    public string? Objection(string option, string value)
    {
        if (option == "$search") return InSearch(value);
        var bare = Quoted().Replace(value, "'");
        var variables = Variable().Matches(bare).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        foreach (Match word in Word().Matches(bare))
        {
            // A variable of any or all may have any name; what follows a slash is a property all the same.
            var isVariable = variables.Contains(word.Value) && (word.Index == 0 || bare[word.Index - 1] != '/');
            if (Keywords.Contains(word.Value) || isVariable) continue;
            if (_hidden.Contains(word.Value)) return "a hidden property is named";
            if (!_known.Contains(word.Value)) return "a property is named that the schema does not know";
            if (option is "$orderby" && _pseudonymized.Contains(word.Value)) return "a pseudonymized property orders";
            if (option is not "$filter" || !_pseudonymized.Contains(word.Value)) continue;
            if (!ComparedWithToken().IsMatch(value[At(value, word.Index)..])) return "a pseudonymized property is compared with what is no token";
        }

        return null;
    }

    /// <summary>Names that are worth trying, good ones and bad ones.</summary>
    public IEnumerable<string> Names => [.. _known, .. _hidden, .. _pseudonymized];

    private static string[] Everywhere(Transform transform) =>
        transform.ApplyOnlyWhen is not null
            ? []
            : [.. transform.JsonPaths.Where(path => path.Steps is [PropertyStep { Recursive: true }]).SelectMany(path => ((PropertyStep)path.Steps[0]).Names)];

    private static HashSet<string> Known(Endpoint endpoint)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<ResponseSchema>(ReferenceEqualityComparer.Instance);
        var open = new Stack<ResponseSchema?>([endpoint.ResponseSchema]);
        while (open.TryPop(out var schema))
        {
            if (schema is null || !seen.Add(schema)) continue;
            names.UnionWith(schema.Properties.Keys);
            foreach (var property in schema.Properties.Values) open.Push(property);
            open.Push(schema.Items);
            foreach (var alternative in schema.AnyOf)
            {
                open.Push(alternative.Then);
                open.Push(alternative.Else);
            }
        }

        return names;
    }

    // The place in the text of a place in what is left when quoted texts are one quote each.
    private static int At(string value, int bareIndex)
    {
        var (at, bare) = (0, 0);
        while (bare < bareIndex)
        {
            var quoted = Quoted().Match(value, at);
            at = quoted.Success && quoted.Index == at ? at + quoted.Length : at + 1;
            bare++;
        }

        return at;
    }

    // KQL: "a:b c:d" looks for c too, and a word without a name looks everywhere.
    private string? InSearch(string value)
    {
        if (_hidden.Any(name => Regex.IsMatch(value, $@"(?<![A-Za-z0-9_]){Regex.Escape(name)}\s*[:=<>]",
            RegexOptions.CultureInvariant | RegexOptions.IgnoreCase))) return "a hidden property is searched";
        var outside = new StringBuilder();
        var parts = value.Split('"');
        for (var at = 0; at < parts.Length; at += 2) outside.Append(parts[at]).Append(' ');
        foreach (var word in outside.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            if (word is not ("AND" or "OR")) return "something is searched for everywhere";
        for (var at = 1; at < parts.Length; at += 2)
        {
            if (parts[at].Count(c => c == ':') != 1) return "a phrase of a search names another property than its own";
            if (!_known.Contains(parts[at].Split(':')[0])) return "a property is searched that the schema does not know";
        }

        return null;
    }

    [GeneratedRegex("'(?:[^']|'')*'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    // A word that touches a digit, a sign or a colon before it is a part of a constant.
    [GeneratedRegex(@"(?<![A-Za-z0-9_.:+-])[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_]*-)", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\(\s*([A-Za-z_][A-Za-z0-9_]*)\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[A-Za-z0-9_]+(/|\s+(eq|ne)\s+'p~|\s+in\s*\(\s*'p~)", RegexOptions.CultureInvariant)]
    private static partial Regex ComparedWithToken();
}
