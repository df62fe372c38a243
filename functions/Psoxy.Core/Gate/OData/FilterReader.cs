using System.Collections.Immutable;

namespace Psoxy.Core.Gate.OData;

/// <summary>One use of a property in a <c>$filter</c>.</summary>
/// <param name="Path">From the entity inwards, lambda variables resolved.</param>
/// <param name="Equality">Whether it is only compared with <c>eq</c>, <c>ne</c> or <c>in</c>.</param>
/// <param name="Values">The constants that it is compared with; none where only its being there is asked for.</param>
internal readonly record struct FilterUse(ImmutableArray<string> Path, bool Equality, ImmutableArray<string> Values);

/// <summary>
/// Reads <c>$filter</c>: <c>or</c>, <c>and</c>, <c>not</c>, parentheses, comparisons of a property with a constant, <c>in</c>, <c>startswith</c>, <c>endswith</c>,
/// <c>contains</c>, <c>any</c> and <c>all</c>. What else OData has is not understood, and so refused.
/// </summary>
internal static class FilterReader
{
    private const int MaxDepth = 16;
    private const int MaxUses = 64;

    // Names that differ by case only are kept apart by some readers and not by others: not understood.
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> NoVariables = ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase);

    public static bool TryRead(ReadOnlySpan<char> text, List<FilterUse> uses)
    {
        var reader = new ODataReader(text);
        reader.Blanks();
        return TryOr(ref reader, NoVariables, uses, 0) && End(ref reader);
    }

    private static bool End(ref ODataReader reader)
    {
        reader.Blanks();
        return reader.AtEnd;
    }

    private static bool Close(ref ODataReader reader)
    {
        reader.Blanks();
        return reader.Take(')');
    }

    private static bool TryOr(ref ODataReader reader, ImmutableDictionary<string, ImmutableArray<string>> variables, List<FilterUse> uses, int depth)
    {
        do
        {
            if (!TryAnd(ref reader, variables, uses, depth)) return false;
        }
        while (reader.TakeOperator("or"));
        return true;
    }

    private static bool TryAnd(ref ODataReader reader, ImmutableDictionary<string, ImmutableArray<string>> variables, List<FilterUse> uses, int depth)
    {
        do
        {
            if (!TryUnary(ref reader, variables, uses, depth)) return false;
        }
        while (reader.TakeOperator("and"));
        return true;
    }

    private static bool TryUnary(ref ODataReader reader, ImmutableDictionary<string, ImmutableArray<string>> variables, List<FilterUse> uses, int depth)
    {
        if (depth > MaxDepth || uses.Count >= MaxUses) return false;
        if (reader.TakeWord("not"))
        {
            reader.Blanks();
            return TryUnary(ref reader, variables, uses, depth + 1);
        }

        if (reader.Take('('))
        {
            reader.Blanks();
            return TryOr(ref reader, variables, uses, depth + 1) && Close(ref reader);
        }

        foreach (var function in (ReadOnlySpan<string>)["startswith", "endswith", "contains", "startsWith", "endsWith"])
            if (reader.TakeWord(function)) return TryFunction(ref reader, variables, uses);
        return TryComparison(ref reader, variables, uses, depth);
    }

    private static bool TryFunction(ref ODataReader reader, ImmutableDictionary<string, ImmutableArray<string>> variables, List<FilterUse> uses)
    {
        if (!reader.Take('(')) return false;
        reader.Blanks();
        if (!reader.TryPath(out var path) || !TryResolve(ref path, variables) || !reader.TakeSeparator(',') || !reader.TryText(out var value)) return false;
        reader.Blanks();
        uses.Add(new(path, Equality: false, [value]));
        return reader.Take(')');
    }

    private static bool TryComparison(ref ODataReader reader, ImmutableDictionary<string, ImmutableArray<string>> variables, List<FilterUse> uses, int depth)
    {
        if (!reader.TryPath(out var path) || !TryResolve(ref path, variables)) return false;
        if (path[^1] is "any" or "all" or "Any" or "All" && reader.TryParenthesized(out var lambda))
            return path.Length > 1 && TryLambda(lambda, path[..^1], variables, uses, depth);

        foreach (var comparison in (ReadOnlySpan<string>)["eq", "ne", "gt", "ge", "lt", "le"])
        {
            if (!reader.TakeOperator(comparison)) continue;
            if (!reader.TryLiteral(out var value)) return false;
            uses.Add(new(path, comparison is "eq" or "ne", [value]));
            return true;
        }

        return reader.TakeOperator("in") && reader.TryParenthesized(out var list) && TryIn(list, path, uses);
    }

    private static bool TryIn(ReadOnlySpan<char> list, ImmutableArray<string> path, List<FilterUse> uses)
    {
        var reader = new ODataReader(list);
        reader.Blanks();
        var values = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (!reader.TryLiteral(out var value)) return false;
            values.Add(value);
        }
        while (reader.TakeSeparator(','));
        uses.Add(new(path, Equality: true, values.ToImmutable()));
        return End(ref reader);
    }

    private static bool TryLambda(ReadOnlySpan<char> text, ImmutableArray<string> over, ImmutableDictionary<string, ImmutableArray<string>> variables, List<FilterUse> uses, int depth)
    {
        var reader = new ODataReader(text);
        reader.Blanks();

        // Whether there is an element at all is told by any() alone, and by a condition that says nothing of the elements.
        uses.Add(new(over, Equality: false, []));
        if (reader.AtEnd) return true;
        if (!reader.TryName(out var variable) || !IsVariable(variable) || variables.ContainsKey(variable) || !reader.TakeSeparator(':')) return false;
        return TryOr(ref reader, variables.Add(variable, over), uses, depth + 1) && End(ref reader);
    }

    // A variable that has a property's name would be the one to us and, to some other reader, the other. No property of Graph's is called by one letter.
    private static bool IsVariable(string name) => char.IsAsciiLetter(name[0]) && !name.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    private static bool TryResolve(ref ImmutableArray<string> path, ImmutableDictionary<string, ImmutableArray<string>> variables)
    {
        if (!variables.TryGetKey(path[0], out var variable)) return true;
        if (variable != path[0]) return false;
        path = variables[variable].AddRange(path[1..]);
        return true;
    }
}
