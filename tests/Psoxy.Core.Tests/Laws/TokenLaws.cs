using System.Text.Json;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Laws;

/// <summary>Every reversible token that leaves stands for what stood in its place; and every one that rules ask for is there.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TokenLaws
{
    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void Every_token_reverses_to_what_stood_there(ConnectorCase example) => Sources.AssertNone(Of(example));

    internal static IEnumerable<string> Of(ConnectorCase of)
    {
        var tokens = 0;
        foreach (var response in Sources.Of(of))
        {
            var originals = Leaf.Of(response).ToLookup(leaf => string.Join('/', leaf.Path));
            foreach (var leaf in Leaf.Of(of.Sanitize(response)).Where(leaf => leaf.Value.ValueKind == JsonValueKind.String))
            {
                var text = leaf.Value.GetString()!;
                var stood = originals[string.Join('/', leaf.Path)].Select(original => original.Value.ToString()).ToList();
                if (stood.Contains(text)) continue;
                for (var from = 0; TokenPattern.TryFind(text, from, out var start, out var length); from = start + length)
                {
                    tokens++;
                    if (!Sanitizing.Pseudonymizer.TryReverse(text.AsSpan(start, length), out var original)) yield return $"{leaf.Pointer}: a token does not reverse";
                    else if (!stood.Any(value => Holds(value, text[..start], original, TokenPattern.IsSealed(text.AsSpan(start, length))))) yield return $"{leaf.Pointer}: a token stands for something else";
                }
            }
        }

        if (tokens == 0 && (of.Declared.IsCollection || AsksForTokens(of))) yield return "the rules ask for tokens, and none was made";
    }

    private static bool AsksForTokens(ConnectorCase of) => of.Walk.SelectMany(walked => walked.Properties)
        .Where(property => property.Judgement.Treatment == PropertyTreatment.Pseudonymized)
        .Any(property => of.Treating([.. of.Root, .. property.Path]).Any(each => each.Transform is Tokenize { Regex: null } or Pseudonymize { IncludeReversible: true }));

    // A sealed text carries the place where it may stand: another law sends it back. Links hold texts in percent-encoding.
    private static bool Holds(string value, string before, string original, bool isSealed) => isSealed
        ? Uri.UnescapeDataString(value).Replace("''", "'", StringComparison.Ordinal).Contains(original[17..], StringComparison.Ordinal)
        : value == original || (before.StartsWith("https://", StringComparison.Ordinal) && Uri.UnescapeDataString(value).Contains(original, StringComparison.Ordinal));
}
