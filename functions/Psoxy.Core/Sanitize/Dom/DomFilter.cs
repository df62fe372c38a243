using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>Whether a filter holds for a candidate. Throws where a regex is given up (<see cref="SafeRegex.IsGivenUp"/>).</summary>
internal static class DomFilter
{
    public static bool Holds(JsonFilter filter, DomSlot candidate) => Holds(filter, candidate, mayHold: true);

    // A name that stands twice has two values, and each reader takes the one or the other. A filter chooses what is treated, so what it would choose with either
    // value is chosen: a condition holds if it may, and under a '!', which turns that round, only if it must.
    private static bool Holds(JsonFilter filter, DomSlot candidate, bool mayHold) => filter switch
    {
        ExistsFilter exists => DomPath.Select(candidate, exists.Path).Count > 0,

        // What is not there is unequal to everything.
        CompareFilter { Negated: false } compare => Finds(compare.Path, candidate, value => Equal(value, compare.Literal), mayHold),
        CompareFilter compare => !Finds(compare.Path, candidate, value => Equal(value, compare.Literal), !mayHold),
        RegexFilter regex => Finds(regex.Path, candidate, value => Matches(regex.Regex, value), mayHold),
        AndFilter and => Holds(and.Left, candidate, mayHold) && Holds(and.Right, candidate, mayHold),
        OrFilter or => Holds(or.Left, candidate, mayHold) || Holds(or.Right, candidate, mayHold),
        NotFilter not => !Holds(not.Operand, candidate, !mayHold),
        _ => false,
    };

    private static bool Finds(JsonPath path, DomSlot candidate, Predicate<DomNode> isSought, bool mayHold)
    {
        var slots = DomPath.Select(candidate, path);

        // A path that finds several values on purpose asks for one of them.
        return mayHold || !path.Steps.All(step => step is IndexStep or PropertyStep { Names.Length: 1 })
            ? slots.Exists(slot => isSought(slot.Value))
            : slots.Count > 0 && slots.TrueForAll(slot => isSought(slot.Value));
    }

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
