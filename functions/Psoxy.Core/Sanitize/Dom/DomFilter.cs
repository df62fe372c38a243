using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>Whether a filter holds for a candidate. Throws where a regex is given up (<see cref="SafeRegex.IsGivenUp"/>).</summary>
internal static class DomFilter
{
    public static bool Holds(JsonFilter filter, DomSlot candidate) => filter switch
    {
        ExistsFilter exists => DomPath.Select(candidate, exists.Path).Count > 0,

        // What is not there is unequal to everything.
        CompareFilter compare => DomPath.Select(candidate, compare.Path).Exists(slot => Equal(slot.Value, compare.Literal)) != compare.Negated,
        RegexFilter regex => DomPath.Select(candidate, regex.Path).Exists(slot => Matches(regex.Regex, slot.Value)),
        AndFilter and => Holds(and.Left, candidate) && Holds(and.Right, candidate),
        OrFilter or => Holds(or.Left, candidate) || Holds(or.Right, candidate),
        NotFilter not => !Holds(not.Operand, candidate),
        _ => false,
    };

    /// <summary>Whether a scalar equals a constant given as JSON text: strings by their text, numbers by value.</summary>
    public static bool Equal(DomNode value, string literal)
    {
        if (value is not DomScalar scalar) return false;
        return scalar.Token switch
        {
            JsonTokenType.String => literal[0] == '"' && scalar.Text is { } text && text == JsonSerializer.Deserialize<string>(literal),
            JsonTokenType.Number => scalar.Text == literal || (TryNumber(scalar.Text, out var left) && TryNumber(literal, out var right) && left == right),
            JsonTokenType.True => literal == "true",
            JsonTokenType.False => literal == "false",
            _ => literal == "null",
        };
    }

    private static bool TryNumber(string? text, out decimal number) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    // A regex that runs out of time must not decide that a value stays: the exception ends the response.
    private static bool Matches(Regex regex, DomNode value) => value is DomScalar { Token: JsonTokenType.String, Text: { } text } && regex.IsMatch(text);
}
