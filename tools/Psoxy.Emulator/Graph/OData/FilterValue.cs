using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.OData;

/// <summary>Values in a filter: <c>null</c>, truth, number, time, text, or JSON that is none of them.</summary>
internal static class FilterValue
{
    /// <summary>What an unquoted word stands for; <c>null</c> where it is a property's name instead.</summary>
    public static bool TryLiteral(string word, out object? value)
    {
        value = word switch { "true" => true, "false" => false, _ => null };
        if (value is not null || word == "null") return true;
        if (decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) value = number;
        else if (Guid.TryParse(word, out _)) value = word;
        else if (TryTime(word, out var time)) value = time;
        return value is not null;
    }

    public static object? Of(JsonNode? node)
    {
        if (node is not JsonValue value) return node;
        return value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture),
            _ => (object?)(string?)value,
        };
    }

    /// <summary>Below, at or above zero, or <c>null</c> where there is no order between the two.</summary>
    public static int? Compare(object? left, object? right)
    {
        if (left is DateTimeOffset leftTime && right is string rightText && TryTime(rightText, out var rightTime)) return leftTime.CompareTo(rightTime);
        if (left is string leftText && right is DateTimeOffset && TryTime(leftText, out var time)) return time.CompareTo((DateTimeOffset)right);
        return (left, right) switch
        {
            (null, null) => 0,
            (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
            (decimal a, decimal b) => a.CompareTo(b),
            (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
            (bool a, bool b) => a.CompareTo(b),
            _ => null,
        };
    }

    private static bool TryTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
