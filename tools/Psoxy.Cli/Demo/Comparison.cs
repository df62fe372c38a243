using System.Text.Encodings.Web;
using System.Text.Json;

namespace Psoxy.Cli.Demo;

/// <summary>What Graph answered beside what the caller got, line by line.</summary>
internal static class Comparison
{
    private const string Step = "  ";

    // Whoever shows it escapes it for where it is shown.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Pairs the lines of two JSON texts by property. A sanitized text is the original with members dropped or changed, in the same order.</summary>
    public static List<ComparedLine> Of(JsonElement original, JsonElement sanitized)
    {
        var lines = new List<ComparedLine>();
        Pair(lines, "", "", original, sanitized);
        return lines;
    }

    private static void Pair(List<ComparedLine> lines, string indent, string label, JsonElement before, JsonElement after)
    {
        if (IsContainer(before) && IsEmpty(before) && before.ValueKind == after.ValueKind)
        {
            var same = IsEmpty(after);
            lines.Add(new(same ? Fate.Kept : Fate.Changed, indent + label + Empty(before), indent + label + (same ? Empty(after) : Compact(after))));
        }
        else if (before.ValueKind == JsonValueKind.Object && after.ValueKind == JsonValueKind.Object) Objects(lines, indent, label, before, after);
        else if (before.ValueKind == JsonValueKind.Array && after.ValueKind == JsonValueKind.Array) Arrays(lines, indent, label, before, after);
        else if (IsContainer(before))
        {
            Dropped(lines, indent, label, before);
            lines.Add(new(Fate.Changed, "", indent + label + Compact(after)));
        }
        else
        {
            // A value may be written in other bytes: é or \u00e9.
            if (JsonElement.DeepEquals(before, after)) lines.Add(Same(indent + label + before.GetRawText()));
            else lines.Add(new(Fate.Changed, indent + label + before.GetRawText(), indent + label + Compact(after)));
        }
    }

    private static void Objects(List<ComparedLine> lines, string indent, string label, JsonElement before, JsonElement after)
    {
        lines.Add(Same(indent + label + "{"));
        foreach (var member in before.EnumerateObject())
        {
            if (after.TryGetProperty(member.Name, out var kept)) Pair(lines, indent + Step, Name(member.Name), member.Value, kept);
            else Dropped(lines, indent + Step, Name(member.Name), member.Value);
        }

        foreach (var added in after.EnumerateObject().Where(member => !before.TryGetProperty(member.Name, out _)))
            lines.Add(new(Fate.Changed, "", indent + Step + Name(added.Name) + Compact(added.Value)));
        lines.Add(Same(indent + "}"));
    }

    private static void Arrays(List<ComparedLine> lines, string indent, string label, JsonElement before, JsonElement after)
    {
        lines.Add(Same(indent + label + "["));
        var left = after.GetArrayLength();
        foreach (var (element, index) in before.EnumerateArray().Select((element, index) => (element, index)))
        {
            if (index < left) Pair(lines, indent + Step, "", element, after[index]);
            else Dropped(lines, indent + Step, "", element);
        }

        lines.Add(Same(indent + "]"));
    }

    private static void Dropped(List<ComparedLine> lines, string indent, string label, JsonElement value)
    {
        if (!IsContainer(value) || IsEmpty(value))
        {
            lines.Add(new(Fate.Dropped, indent + label + (IsContainer(value) ? Empty(value) : value.GetRawText()), ""));
            return;
        }

        var isObject = value.ValueKind == JsonValueKind.Object;
        lines.Add(new(Fate.Dropped, indent + label + (isObject ? "{" : "["), ""));
        if (isObject) foreach (var member in value.EnumerateObject()) Dropped(lines, indent + Step, Name(member.Name), member.Value);
        else foreach (var element in value.EnumerateArray()) Dropped(lines, indent + Step, "", element);
        lines.Add(new(Fate.Dropped, indent + (isObject ? "}" : "]"), ""));
    }

    private static bool IsContainer(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static bool IsEmpty(JsonElement container) =>
        container.ValueKind == JsonValueKind.Object ? !container.EnumerateObject().Any() : container.GetArrayLength() == 0;

    private static string Empty(JsonElement container) => container.ValueKind == JsonValueKind.Object ? "{}" : "[]";

    // What takes the place of a value stands in one line, however the text was laid out.
    private static string Compact(JsonElement value) => IsContainer(value) ? JsonSerializer.Serialize(value, Readable) : value.GetRawText();

    private static string Name(string name) => JsonSerializer.Serialize(name, Readable) + ": ";

    private static ComparedLine Same(string text) => new(Fate.Kept, text, text);
}

/// <summary>One line of each side; empty where the side has none.</summary>
internal readonly record struct ComparedLine(Fate Fate, string Before, string After);

/// <summary>What became of a value.</summary>
internal enum Fate
{
    Dropped = 0,
    Changed,
    Kept,
}
