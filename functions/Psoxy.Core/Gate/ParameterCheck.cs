using System.Text.RegularExpressions;
using Psoxy.Core.Gate.OData;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>Whether a parameter's value fits its schema.</summary>
internal static class ParameterCheck
{
    public static bool Fits(ParameterSchema schema, string value)
    {
        if (schema.ReversiblePseudonym && !TokenPattern.IsReversible(value)) return false;
        if (schema.Type == ParameterType.Integer && !IsInteger(value)) return false;
        if (schema.Type == ParameterType.Number && !ODataLiteral.IsNumber(value)) return false;
        if (schema.Values is { } values && !values.Contains(value)) return false;
        if (schema.Pattern is { } pattern && !IsMatch(pattern, value)) return false;
        foreach (var alternative in schema.AnyOf)
            if (Fits(alternative, value)) return true;
        return schema.AnyOf.IsEmpty;
    }

    /// <summary>A match that runs out of time is none.</summary>
    public static bool IsMatch(Regex regex, string value)
    {
        try
        {
            return regex.IsMatch(value);
        }
        catch (Exception fault) when (SafeRegex.IsGivenUp(fault))
        {
            return false;
        }
    }

    private static bool IsInteger(string value)
    {
        var digits = value.AsSpan().TrimStart('-');
        return !digits.IsEmpty && value.Length - digits.Length <= 1 && !digits.ContainsAnyExceptInRange('0', '9');
    }
}
