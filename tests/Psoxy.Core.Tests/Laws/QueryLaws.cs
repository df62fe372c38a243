using System.Collections.Immutable;
using Psoxy.Core.Gate;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Laws;

/// <summary>Nothing can be asked about what may not be seen: for each property that a response can have, at each path, the gate's answer is what its classification allows.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class QueryLaws
{
    // Deeper the types are the same again, and the options' grammar is.
    private const int MaxDepth = 5;

    private static readonly string Token = Sanitizing.Pseudonymizer.Tokenize("ines.achterberg@contoso.example");

    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void No_option_uses_a_property_that_may_not_be_seen(ConnectorCase example) => Sources.AssertNone(Of(example));

    internal static IEnumerable<string> Of(ConnectorCase of)
    {
        var target = of.Target().Split('?')[0];
        var required = of.Required;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, treatment, isObject) in Properties(of))
        {
            foreach (var (query, expected) in Questions(path, treatment, isObject))
            {
                if (!asked.Add(query)) continue;
                var reason = of.Ask($"{target}?{required}{query}").Reason;
                var allowed = of.Endpoint.QueryParameters?.Contains(query.Split('=')[0]) ?? true;
                if (!allowed ? reason != GateReason.QueryParameterNotAllowed : reason != expected && (reason, expected) is not (GateReason.QueryValueNotAllowed, _))
                    yield return $"{query}: {reason}; {string.Join('/', path)} is {treatment}, so {(allowed ? expected : GateReason.QueryParameterNotAllowed)}";
            }
        }
    }

    // What nobody knows, or in other letters, is asked for too.
    private static IEnumerable<(ImmutableArray<string> Path, PropertyTreatment Treatment, bool IsObject)> Properties(ConnectorCase of)
    {
        foreach (var walked in of.Walk)
        {
            yield return (walked.Path.Add("futureProperty"), PropertyTreatment.Dropped, false);
            foreach (var property in walked.Properties.Where(each => each.Path.Length <= MaxDepth))
            {
                var (path, treatment, isObject) = (property.Path, of.Paths.Of([.. of.Root, .. property.Path]), property.Property.Type is not null);
                yield return (path, treatment, isObject);

                // To Graph a name in other letters may be the same.
                if (path.Length <= 2) yield return (path.SetItem(path.Length - 1, char.ToUpperInvariant(path[^1][0]) + path[^1][1..]), treatment, isObject);
            }
        }
    }

    private static IEnumerable<(string Query, GateReason Expected)> Questions(ImmutableArray<string> path, PropertyTreatment treatment, bool isObject)
    {
        var name = string.Join('/', path);
        var seen = treatment == PropertyTreatment.Dropped ? GateReason.HiddenProperty : GateReason.Allowed;

        // Of an object it is never known that all in it may be seen.
        var whole = treatment == PropertyTreatment.Kept && !isObject ? GateReason.Allowed : GateReason.HiddenProperty;
        var token = treatment == PropertyTreatment.Pseudonymized ? GateReason.PseudonymRequired : whole == GateReason.Allowed ? GateReason.TokenNotComparable : whole;
        var compared = treatment == PropertyTreatment.Pseudonymized ? GateReason.PseudonymRequired : whole;
        yield return ($"$select={name}", seen);
        yield return ($"$select={name},%20{name}", seen);
        yield return ($"$expand={name}", seen);
        yield return ($"$orderby={name}", whole);
        yield return ($"$filter={name}%20eq%20'x'", compared);
        yield return ($"$filter=startswith({name},'x')", compared);
        yield return ($"$filter=not%20({name}%20ne%20null)", compared);
        yield return ($"$filter={name}%20eq%20'{Token}'", treatment == PropertyTreatment.Pseudonymized ? GateReason.Allowed : token);
        yield return ($"$filter=startswith({name},'{Token}')", token);
        if (path.Length == 1) yield return ($"$search=%22{name}:word%22", whole);
        if (path.Length < 2) yield break;
        var (outer, inner) = (string.Join('/', path[..^1]), path[^1]);
        yield return ($"$expand={outer}($select={inner})", seen);
        yield return ($"$expand={outer}($orderby={inner})", whole);
        yield return ($"$expand={outer}($filter={inner}%20eq%20'x')", compared);
        yield return ($"$filter={outer}/any(x:x/{inner}%20eq%20'x')", compared);
    }
}
