namespace Psoxy.Core.Sanitize;

/// <summary>Whether a JSON number is a whole one, whatever its size or spelling: <c>12</c>, <c>1e3</c>, <c>1.50e1</c>, <c>-0.0</c>.</summary>
internal static class IntegralNumber
{
    public static bool Is(ReadOnlySpan<byte> number)
    {
        if (number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0) return true;
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponentAt < 0 ? number : number[..exponentAt];
        var dot = mantissa.IndexOf((byte)'.');
        var fraction = dot < 0 ? default : mantissa[(dot + 1)..].TrimEnd((byte)'0');
        if (exponentAt < 0) return fraction.IsEmpty;

        var digits = number[(exponentAt + 1)..];
        var negative = digits[0] == '-';
        digits = digits.TrimStart("+-"u8).TrimStart((byte)'0');

        // An exponent of more digits than this moves the point past any number that fits in memory.
        var exponent = digits.Length > 9 ? int.MaxValue : digits.IsEmpty ? 0 : int.Parse(digits, null);
        if (!negative) return exponent >= fraction.Length;
        if (!fraction.IsEmpty) return false;
        var whole = dot < 0 ? mantissa : mantissa[..dot];
        whole = whole.TrimStart((byte)'-');
        return whole.Length - whole.TrimEnd((byte)'0').Length >= exponent || whole.TrimStart((byte)'0').IsEmpty;
    }
}
