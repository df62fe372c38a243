using System.Text.Json;
using System.Text.RegularExpressions;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Oracle;

/// <summary>
/// The rule language, plainly: augments, then the response schema, then each transform on the whole document. Written from the specification, knowing
/// nothing of the sanitizer; slow and simple on purpose.
/// </summary>
internal sealed class Interpreter(Endpoint endpoint, Pseudonymizer pseudonymizer)
{
    public OracleNode Run(string json)
    {
        var root = OracleNode.Parse(json);

        // A source with such names could pass its own text off as ours.
        if (!Everything(new(null, root)).Any(place => place.Node.Inner.Exists(inner => inner.Name is ['+', ..]))) Augment(root);
        if (endpoint.ResponseSchema is { } schema) root = Filter(schema, root);
        foreach (var transform in endpoint.Transforms)
        {
            if (transform.ApplyOnlyWhen is { } condition && Find(root, condition).Count == 0) continue;
            foreach (var path in transform.JsonPaths)
            {
                // A value that several steps reach is treated once; what a path finds is settled before anything changes.
                foreach (var place in Find(root, path).DistinctBy(place => place.Node, ReferenceEqualityComparer.Instance)) Apply(transform, place);
            }
        }

        return root;
    }

    private readonly HashSet<OracleNode> _added = new(ReferenceEqualityComparer.Instance);

    private void Augment(OracleNode root)
    {
        foreach (var augment in endpoint.Augments)
        {
            foreach (var place in augment.JsonPaths.SelectMany(path => Find(root, path)))
            {
                if (place.Parent is not { Kind: JsonValueKind.Object } parent || place.Node.Kind != JsonValueKind.String || _added.Contains(place.Node)) continue;
                var at = parent.Inner.FindIndex(inner => ReferenceEquals(inner.Value, place.Node));
                var label = $"+{parent.Inner[at].Name}:textDigest";
                if (parent.Inner.Exists(inner => inner.Name == label)) continue;
                var digest = OracleNode.Parse($"{{\"length\":{place.Node.Text.Length},\"word_count\":{Regex.Count(place.Node.Text, @"\S+")}}}");
                _added.Add(digest);
                parent.Inner.Insert(at + 1, (label, digest));
            }
        }
    }

    private sealed record Place(OracleNode? Parent, OracleNode Node);

    private OracleNode Filter(ResponseSchema schema, OracleNode node, int hops = 0)
    {
        if (node.Kind == JsonValueKind.Null) return node;
        if (!schema.AnyOf.IsEmpty)
        {
            // What leads back to itself says nothing.
            if (hops > 40) return OracleNode.Null();
            foreach (var alternative in schema.AnyOf)
            {
                var holds = alternative.Condition is null
                    || (node.Kind == JsonValueKind.Object && alternative.Condition.Constants.All(c => node.Inner.Exists(member => member.Name == c.Key && Equal(member.Value, c.Value))));
                if (holds) return Filter(alternative.Then, node, hops + 1);
                if (alternative.Else is { } otherwise) return Filter(otherwise, node, hops + 1);
            }

            return OracleNode.Null();
        }

        switch (schema.Type)
        {
            case SchemaType.Object:
                if (node.Kind != JsonValueKind.Object) return OracleNode.Null();
                var kept = node.Inner.Where(member => _added.Contains(member.Value) || schema.Properties.ContainsKey(member.Name!))
                    .Select(member => (member.Name, _added.Contains(member.Value) ? member.Value : Filter(schema.Properties[member.Name!], member.Value))).ToList();
                node.Inner.Clear();
                node.Inner.AddRange(kept);
                return node;
            case SchemaType.Array:
                if (node.Kind != JsonValueKind.Array) return OracleNode.Null();
                var items = node.Inner
                    .Select(item => (Before: item.Value.Kind, After: schema.Items is null ? OracleNode.Null() : Filter(schema.Items, item.Value)))
                    .Where(item => item.After.Kind != JsonValueKind.Null || item.Before == JsonValueKind.Null)
                    .Select(item => ((string?)null, item.After)).ToList();
                node.Inner.Clear();
                node.Inner.AddRange(items);
                return node;
            case SchemaType.String: return node.Kind == JsonValueKind.String ? node : OracleNode.Null();
            case SchemaType.Number: return node.Kind == JsonValueKind.Number ? node : OracleNode.Null();
            case SchemaType.Integer: return node.Kind == JsonValueKind.Number && decimal.TryParse(node.Text, System.Globalization.NumberStyles.Float, null, out var number) && number == decimal.Truncate(number) ? node : OracleNode.Null();
            case SchemaType.Boolean: return node.Kind is JsonValueKind.True or JsonValueKind.False ? node : OracleNode.Null();
            default: return node.IsContainer ? OracleNode.Null() : node;
        }
    }

    private static List<Place> Find(OracleNode root, JsonPath path)
    {
        List<Place> found = [new(null, root)];
        foreach (var step in path.Steps)
        {
            var from = step.Recursive ? found.SelectMany(Everything).DistinctBy(place => place.Node, ReferenceEqualityComparer.Instance).ToList() : found;
            found = [.. from.SelectMany(place => Take(place, step)).DistinctBy(place => place.Node, ReferenceEqualityComparer.Instance)];
        }

        return found;
    }

    private static IEnumerable<Place> Everything(Place place) => place.Node.Inner.SelectMany(inner => Everything(new(place.Node, inner.Value))).Prepend(place);

    private static IEnumerable<Place> Take(Place place, JsonPathStep step)
    {
        var node = place.Node;
        var inner = node.Inner.Select(one => new Place(node, one.Value));
        return step switch
        {
            PropertyStep property => node.Kind == JsonValueKind.Object ? node.Inner.Where(member => property.Names.Contains(member.Name!)).Select(member => new Place(node, member.Value)) : [],
            WildcardStep => inner,
            IndexStep index => node.Kind == JsonValueKind.Array ? inner.Skip(index.Index < 0 ? Math.Max(node.Inner.Count + index.Index, index.Index < -node.Inner.Count ? int.MaxValue : 0) : index.Index).Take(1) : [],
            FilterStep filter when node.Kind == JsonValueKind.Object => Holds(filter.Filter, node) ? [place] : [],
            FilterStep filter when node.Kind == JsonValueKind.Array => inner.Where(element => Holds(filter.Filter, element.Node)),
            _ => [],
        };
    }

    private static bool Holds(JsonFilter filter, OracleNode candidate) => Verdicts(filter, candidate).Can;

    // Whether it holds for some, and for every, choice among values of the same name.
    private static (bool Can, bool Must) Verdicts(JsonFilter filter, OracleNode candidate)
    {
        switch (filter)
        {
            case ExistsFilter exists:
                return Both(Find(candidate, exists.Path).Count > 0);
            case CompareFilter compare:
                var equal = Of(compare.Path, node => Equal(node, compare.Literal));
                return compare.Negated ? (!equal.Must, !equal.Can) : equal;
            case RegexFilter regex:
                return Of(regex.Path, node => node.Kind == JsonValueKind.String && regex.Regex.IsMatch(node.Text));
            case AndFilter and:
                var (left, right) = (Verdicts(and.Left, candidate), Verdicts(and.Right, candidate));
                return (left.Can && right.Can, left.Must && right.Must);
            case OrFilter or:
                (left, right) = (Verdicts(or.Left, candidate), Verdicts(or.Right, candidate));
                return (left.Can || right.Can, left.Must || right.Must);
            case NotFilter not:
                var operand = Verdicts(not.Operand, candidate);
                return (!operand.Must, !operand.Can);
            default:
                throw new InvalidOperationException("no such filter");
        }

        (bool Can, bool Must) Of(JsonPath path, Func<OracleNode, bool> holds)
        {
            var found = Find(candidate, path);
            var any = found.Any(place => holds(place.Node));
            return path.Steps.All(step => step is IndexStep or PropertyStep { Names.Length: 1 }) ? (any, any && found.All(place => holds(place.Node))) : Both(any);
        }

        static (bool Can, bool Must) Both(bool holds) => (holds, holds);
    }

    private static bool Equal(OracleNode node, string literal) => node.Kind switch
    {
        JsonValueKind.String => literal.StartsWith('"') && JsonSerializer.Deserialize<string>(literal) == node.Text,
        JsonValueKind.Number => decimal.TryParse(literal, System.Globalization.NumberStyles.Float, null, out var right) && decimal.TryParse(node.Text, System.Globalization.NumberStyles.Float, null, out var left) && left == right,
        JsonValueKind.Object or JsonValueKind.Array => false,
        _ => node.Text == literal,
    };

    private void Apply(Transform transform, Place place)
    {
        var node = place.Node;
        if (transform is Redact || (transform is Pseudonymize && node.IsContainer))
        {
            if (place.Parent is null) node.Become(OracleNode.Null());
            else place.Parent.Inner.RemoveAll(inner => ReferenceEquals(inner.Value, node));
            return;
        }

        if (node.Kind == JsonValueKind.Null) return;
        if (transform is Pseudonymize pseudonymize && node.Kind is JsonValueKind.String or JsonValueKind.Number && node.Text.Trim().Length > 0)
            node.Become(OracleNode.String(pseudonymizer.Pseudonymize(node.Text, ((Pseudonymize)transform).Encoding, ((Pseudonymize)transform).IncludeOriginal, ((Pseudonymize)transform).IncludeReversible)));
        else if (transform is Pseudonymize || node.Kind != JsonValueKind.String) node.Become(OracleNode.Null());
        else node.Become(OfText(transform, node.Text) is { } text ? OracleNode.String(text) : OracleNode.Null());
    }

    private string? OfText(Transform transform, string text)
    {
        switch (transform)
        {
            case PseudonymizeRegexMatches matches:
                var any = false;
                var replaced = matches.Regex.Replace(text, match =>
                {
                    var part = match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
                    if (part.Trim().Length == 0) return match.Value;
                    any = true;
                    var at = match.Groups.Count > 1 ? match.Groups[1].Index - match.Index : 0;
                    return match.Value[..at] + pseudonymizer.Pseudonymize(part, PseudonymEncoding.UrlSafeToken, false, matches.IncludeReversible) + match.Value[(at + part.Length)..];
                });
                return any ? replaced : null;
            case Tokenize { Regex: null }: return text.Length == 0 ? "" : pseudonymizer.Tokenize(text);
            case RedactRegexMatches redact:
                foreach (var regex in redact.Redactions) text = regex.Replace(text, "");
                return text;
            case FilterTokenByRegex filter:
                var tokens = filter.Delimiter.Split(text).Where(token => token.Length > 0 && filter.Filters.Any(one => one.IsMatch(token))).ToList();
                return tokens.Count == 0 ? null : string.Join(' ', tokens);
            case RedactExceptPhrases phrases:
                return string.Join(',', phrases.AllowedPhrases
                    .Select(phrase => Regex.Match(text, @"(?<![\w])" + Regex.Escape(phrase) + @"(?![\w])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))
                    .Where(match => match.Success).Select(match => match.Value));
            case RedactExceptSubstringsMatchingRegexes except:
                return except.Exceptions.SelectMany(regex => regex.Matches(text)).Select(match => match.Value).OrderByDescending(match => match.Length).FirstOrDefault() ?? "";
            case PseudonymizeEmailHeader header:
                if (text.Trim().Length == 0) return "";
                var one = Regex.Match(text, @"^(?:[^<>@]*<)?([\w.~-]+@[\w.]+)>?$");
                return one.Success ? pseudonymizer.Pseudonymize(one.Groups[1].Value, header.Encoding) : null;
            case TokenizeIp ip:
                return Regex.IsMatch(text, @"^\d+\.\d+\.\d+\.\d+$") ? ip.Reversible ? pseudonymizer.Tokenize(text) : pseudonymizer.HashToken(text) : null;
            case DigestText: return $"{{\"length\":{text.Length},\"word_count\":{Regex.Count(text, @"\S+")}}}";
            default: throw new InvalidOperationException("not interpreted: " + transform.GetType().Name);
        }
    }
}
