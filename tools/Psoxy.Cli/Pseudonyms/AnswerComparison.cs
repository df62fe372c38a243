using System.Globalization;
using System.Text.Json;

namespace Psoxy.Cli.Pseudonyms;

/// <summary>Two answers to one request, walked side by side. It keeps places and counts, and no value.</summary>
internal sealed class AnswerComparison
{
    private readonly Dictionary<Disagreement, int> _counts = [];
    private readonly List<(string Path, Disagreement What)> _first = [];

    /// <summary>Pseudonyms that are the same.</summary>
    public int Agreeing { get; private set; }

    /// <summary>Values that are no pseudonym in either and are not the same, or are in one only. They do not decide.</summary>
    public int OtherDifferences { get; private set; }

    public IReadOnlyDictionary<Disagreement, int> Counts => _counts;

    public int Disagreeing => _counts.Values.Sum();

    /// <summary>The first places at which they do not agree.</summary>
    public IReadOnlyList<(string Path, Disagreement What)> First => _first;

    /// <param name="before">The old answer's values: one, or a line each.</param>
    /// <param name="after">The new one's.</param>
    /// <param name="most">How many places to keep.</param>
    public static AnswerComparison Of(IReadOnlyList<JsonElement> before, IReadOnlyList<JsonElement> after, int most)
    {
        var comparison = new AnswerComparison();
        var isOne = before.Count <= 1 && after.Count <= 1;
        for (var line = 0; line < Math.Max(before.Count, after.Count); line++)
            comparison.Walk(isOne ? "$" : $"{(line + 1).ToString(CultureInfo.InvariantCulture)}: $", At(before, line), At(after, line), most);
        return comparison;

        static JsonElement? At(IReadOnlyList<JsonElement> values, int index) => index < values.Count ? values[index] : null;
    }

    private void Walk(string path, JsonElement? before, JsonElement? after, int most)
    {
        var isObject = before?.ValueKind == JsonValueKind.Object || after?.ValueKind == JsonValueKind.Object;
        var isArray = before?.ValueKind == JsonValueKind.Array || after?.ValueKind == JsonValueKind.Array;
        if (isObject)
        {
            foreach (var name in Names(before).Union(Names(after), StringComparer.Ordinal)) Walk(path + Step(name), Member(before, name), Member(after, name), most);
        }

        if (isArray)
        {
            for (var index = 0; index < Math.Max(Length(before), Length(after)); index++) Walk($"{path}[{index.ToString(CultureInfo.InvariantCulture)}]", Item(before, index), Item(after, index), most);
        }

        if (IsLeaf(before) || IsLeaf(after)) Leaf(path, IsLeaf(before) ? before : null, IsLeaf(after) ? after : null, most);
    }

    private void Leaf(string path, JsonElement? before, JsonElement? after, int most)
    {
        switch (Pseudonym(before), Pseudonym(after))
        {
            case (null, null):
                if (before?.GetRawText() != after?.GetRawText()) OtherDifferences++;
                break;
            case ({ } old, { } made):
                if (Compare(old, made) is { } what) Note(what);
                else Agreeing++;
                break;
            case (_, null):
                Note(Disagreement.OnlyOld);
                break;
            default:
                Note(Disagreement.OnlyNew);
                break;
        }

        void Note(Disagreement what)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + 1;
            if (_first.Count < most) _first.Add((path, what));
        }
    }

    private static Disagreement? Compare(SeenPseudonym old, SeenPseudonym made)
    {
        // A reversible token shows all but the last bits of its hash.
        var length = Math.Min(old.Hash.Length, made.Hash.Length);
        if (!old.Hash.AsSpan(0, length).SequenceEqual(made.Hash.AsSpan(0, length))) return Disagreement.Hash;
        if (old.Form != made.Form || old.Reversible is null != made.Reversible is null) return Disagreement.Form;
        if (old.Domain != made.Domain) return Disagreement.Domain;
        return old.Reversible != made.Reversible ? Disagreement.Reversible : null;
    }

    private static SeenPseudonym? Pseudonym(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text ? SeenPseudonym.Read(text.GetString()!) : null;

    private static bool IsLeaf(JsonElement? value) => value is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) };

    private static IEnumerable<string> Names(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject().Select(member => member.Name) : [];

    private static JsonElement? Member(JsonElement? value, string name) => value is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) ? member : null;

    private static int Length(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } found ? found.GetArrayLength() : 0;

    private static JsonElement? Item(JsonElement? value, int index) => index < Length(value) ? value!.Value[index] : null;

    // A name that is no property's of Graph might be somebody's: it is not shown.
    private static string Step(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? "." + name : name.StartsWith("@odata.", StringComparison.Ordinal) ? $"['{name}']" : "[…]";
}
