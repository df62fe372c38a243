namespace Psoxy.Core.Gate.OData;

/// <summary>
/// OData's constants that stand without quotes. Exact, since what is not one could be a property: <c>size gt -secret</c> would compare with what is hidden.
/// </summary>
internal static class ODataLiteral
{
    /// <summary>A truth value, <c>null</c>, a number, a GUID, a date or a point in time. Durations, enumerations with a type name and times of day are not taken.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => text is "true" or "false" or "null" || IsNumber(text) || Guid.TryParseExact(text, "D", out _) || IsTime(text);

    /// <summary>A number as JSON writes it.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('-')) text = text[1..];
        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0')) return false;
        text = text[whole..];
        if (text.StartsWith('.'))
        {
            var fraction = Digits(text[1..]);
            if (fraction == 0) return false;
            text = text[(fraction + 1)..];
        }

        if (text.IsEmpty) return true;
        if (text[0] is not ('e' or 'E')) return false;
        text = text[1..];
        if (text.Length > 0 && text[0] is '+' or '-') text = text[1..];
        return text.Length > 0 && Digits(text) == text.Length;
    }

    /// <summary><c>2026-01-31</c>, or with <c>T12:00[:00[.0]]</c> and <c>Z</c> or an offset behind it.</summary>
    public static bool IsTime(ReadOnlySpan<char> text)
    {
        if (!Fits(ref text, "0000-00-00")) return false;
        if (text.IsEmpty) return true;
        if (text[0] is not ('T' or 't')) return false;
        text = text[1..];
        if (!Fits(ref text, "00:00")) return false;
        if (Fits(ref text, ":00") && text.StartsWith('.'))
        {
            var fraction = Digits(text[1..]);
            if (fraction == 0) return false;
            text = text[(fraction + 1)..];
        }

        if (text.IsEmpty || text is "Z" or "z") return true;
        if (text[0] is not ('+' or '-')) return false;
        text = text[1..];
        return Fits(ref text, "00:00") && text.IsEmpty;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    // A zero stands for any digit. What fits is taken off.
    private static bool Fits(ref ReadOnlySpan<char> text, string shape)
    {
        if (text.Length < shape.Length) return false;
        for (var at = 0; at < shape.Length; at++)
            if (shape[at] == '0' ? !char.IsAsciiDigit(text[at]) : text[at] != shape[at]) return false;
        text = text[shape.Length..];
        return true;
    }
}
