using System.Text.Json;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Laws;

/// <summary>
/// What has been sanitized once stays as it is when it is sanitized again: no property comes or goes, what is kept is the same byte for byte. Not the same are pseudonyms,
/// which become pseudonyms of pseudonyms, sealed links, which are sealed again, and digests, which become digests of digests; none of them vanishes. What an augment made is
/// not kept, since no second response may bring its own.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class IdempotenceLaws
{
    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void Sanitizing_again_changes_nothing_but_pseudonyms(ConnectorCase example) => Sources.AssertNone(Of(example));

    internal static IEnumerable<string> Of(ConnectorCase of)
    {
        foreach (var response in Sources.Of(of))
        {
            var sanitized = of.Sanitize(response);
            var once = Leaf.Of(sanitized).Where(leaf => !leaf.IsAugmented).ToDictionary(leaf => leaf.Pointer);
            var twice = Leaf.Of(of.Sanitize(sanitized)).ToDictionary(leaf => leaf.Pointer);
            foreach (var pointer in twice.Keys.Except(once.Keys)) yield return $"{pointer} comes";
            foreach (var (pointer, leaf) in once)
            {
                if (!twice.TryGetValue(pointer, out var again)) yield return $"{pointer} goes";
                else if (Changes(of, leaf)) { if (IsEmpty(leaf.Value) != IsEmpty(again.Value)) yield return $"{pointer} is emptied"; }
                else if (leaf.Value.GetRawText() != again.Value.GetRawText()) yield return $"{pointer} changes";
            }
        }
    }

    private static bool Changes(ConnectorCase of, Leaf leaf) => !leaf.Path.IsEmpty && of.Paths.Of(leaf.Path) != PropertyTreatment.Dropped
        && of.Treating(leaf.Path).Any(each => each.Transform is Pseudonymize or PseudonymizeRegexMatches or PseudonymizeEmailHeader or Tokenize or SealPagingLink or DigestText or TokenizeIp);

    private static bool IsEmpty(JsonElement value) => value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0);
}
