using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Laws.Canaries;

namespace Psoxy.Core.Tests.Laws;

/// <summary>What leaves has only properties that the classification lets out there, and what it calls a pseudonym is one.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class OutputLaws
{
    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void What_leaves_is_classified_and_of_the_kind_that_it_is_classified_as(ConnectorCase example) => Sources.AssertNone(Of(example));

    internal static IEnumerable<string> Of(ConnectorCase of) => Sources.Of(of).SelectMany(response => Leaf.Of(of.Sanitize(response))).SelectMany(leaf => Problems(of, leaf));

    private static IEnumerable<string> Problems(ConnectorCase of, Leaf leaf)
    {
        for (var length = 1; length <= leaf.Path.Length; length++)
        {
            var path = leaf.Path[..length];
            if (path[^1].StartsWith('+'))
            {
                if (of.Endpoint.Augments.IsEmpty) yield return $"{string.Join('/', path)}: no augment makes this";
                yield break;
            }

            // Of a list whose elements go, '[]' may stay: that there is one says nothing.
            var isEmptied = length == leaf.Path.Length && leaf.Value.ValueKind == JsonValueKind.Array;
            if (of.Paths.Of(path) == PropertyTreatment.Dropped && !isEmptied) yield return $"{string.Join('/', path)}: is dropped, by the classification";
        }

        if (leaf.Path.IsEmpty || of.Paths.Of(leaf.Path) != PropertyTreatment.Pseudonymized || of.Treating(leaf.Path).Any(each => Disclosure.IsConditional(each.Transform, each.Path))) yield break;
        if (!IsPseudonym(of.Treating(leaf.Path), leaf.Value)) yield return $"{string.Join('/', leaf.Path)}: is no pseudonym";
    }

    private static bool IsPseudonym(ImmutableArray<(Transform Transform, JsonPath Path)> transforms, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array or JsonValueKind.Object => !value.ToString().Contains('"', StringComparison.Ordinal),
        JsonValueKind.String => Token().IsMatch(value.GetString()!) || (transforms.Any(each => each.Transform is Pseudonymize) && JsonForm().IsMatch(value.GetString()!)),
        _ => false,
    };

    // With the domain of an address behind it.
    [GeneratedRegex(@"^(|[tp]~[A-Za-z0-9_-]{43,}(@[^@\s]+)?)$")]
    private static partial Regex Token();

    [GeneratedRegex("""^\{("domain":"[^"]*",)?"hash":"[A-Za-z0-9_-]{43}"(,"reversible":"p~[^"]*")?\}$""")]
    private static partial Regex JsonForm();
}
