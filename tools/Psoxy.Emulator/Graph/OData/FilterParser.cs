using System.Text.Json.Nodes;
using Operand = System.Func<Psoxy.Emulator.Graph.OData.FilterScope, object?>;

namespace Psoxy.Emulator.Graph.OData;

/// <summary>Reads a filter by recursive descent; each rule gives a function of a row and of the variables around it.</summary>
internal sealed class FilterParser(string text)
{
    private const int Deepest = 64;

    private readonly IReadOnlyList<FilterToken> _tokens = FilterToken.ListOf(text);
    private readonly HashSet<string> _operators = new(StringComparer.Ordinal);
    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private int _at;
    private int _depth;

    private FilterToken Next => _tokens[_at];

    public Filter Parse()
    {
        var whole = Or();
        if (Next.Kind != FilterTokenKind.End) throw Unexpected();
        return new(row => whole(new FilterScope(row)) is true, _operators, _paths);
    }

    private Operand Or()
    {
        if (++_depth > Deepest) throw new FilterException("The recursion limit has been reached.");
        var left = And();
        while (TakeWord("or"))
        {
            var (first, second) = (left, And());
            left = scope => first(scope) is true || second(scope) is true;
        }

        _depth--;
        return left;
    }

    private Operand And()
    {
        var left = Not();
        while (TakeWord("and"))
        {
            var (first, second) = (left, Not());
            left = scope => first(scope) is true && second(scope) is true;
        }

        return left;
    }

    private Operand Not()
    {
        if (!TakeWord("not")) return Comparison();
        _operators.Add("not");
        if (++_depth > Deepest) throw new FilterException("The recursion limit has been reached.");
        var inner = Not();
        _depth--;
        return scope => inner(scope) is not true;
    }

    private Operand Comparison()
    {
        var left = Primary();
        if (Next.Kind != FilterTokenKind.Word) return left;
        var word = Next.Text.ToLowerInvariant();
        if (word is not ("eq" or "ne" or "gt" or "ge" or "lt" or "le" or "in")) return left;
        _at++;
        _operators.Add(word);
        if (word == "in")
        {
            var members = Arguments();
            return scope => members.Any(member => FilterValue.Compare(left(scope), member(scope)) == 0);
        }

        var right = Primary();
        return scope => Holds(word, FilterValue.Compare(left(scope), right(scope)));
    }

    // Where there is no order between two values they are different, and nothing else is true of them.
    private static bool Holds(string comparison, int? order) => comparison switch
    {
        "eq" => order == 0,
        "ne" => order != 0,
        "gt" => order > 0,
        "ge" => order >= 0,
        "lt" => order < 0,
        _ => order <= 0,
    };

    private Operand Primary()
    {
        var token = Next;
        switch (token.Kind)
        {
            case FilterTokenKind.Text:
                _at++;
                return _ => token.Text;
            case FilterTokenKind.Open:
                _at++;
                var inner = Or();
                Expect(FilterTokenKind.Close);
                return inner;
            case FilterTokenKind.Word:
                _at++;
                if (Next.Kind == FilterTokenKind.Open) return Function(token.Text.ToLowerInvariant());
                return FilterValue.TryLiteral(token.Text, out var literal) ? _ => literal : Path(token.Text);
            default:
                throw Unexpected();
        }
    }

    private Operand Path(string first)
    {
        var segments = new List<string> { first };
        while (Next.Kind == FilterTokenKind.Slash)
        {
            _at++;
            var segment = Take(FilterTokenKind.Word).Text;
            if (Next.Kind == FilterTokenKind.Open && segment is "any" or "all") return Lambda(segment, segments);
            segments.Add(segment);
        }

        _paths.Add(string.Join('/', segments));
        if (segments[^1] == "$count") _operators.Add("$count");
        return scope => FilterValue.Of(scope.Find(segments));
    }

    private Operand Lambda(string quantifier, List<string> path)
    {
        _operators.Add(quantifier);
        _paths.Add(string.Join('/', path));
        Expect(FilterTokenKind.Open);
        if (Next.Kind == FilterTokenKind.Close)
        {
            _at++;
            return scope => scope.Find(path) is JsonArray { Count: > 0 };
        }

        var variable = Take(FilterTokenKind.Word).Text;
        Expect(FilterTokenKind.Colon);
        var inner = Or();
        Expect(FilterTokenKind.Close);
        return scope =>
        {
            var items = scope.Find(path) as JsonArray ?? [];
            return quantifier == "any" ? items.Any(item => inner(scope.With(variable, item)) is true) : items.All(item => inner(scope.With(variable, item)) is true);
        };
    }

    private Operand Function(string name)
    {
        _operators.Add(name);
        var arguments = Arguments();
        if (arguments.Count != (name is "tolower" or "toupper" ? 1 : 2)) throw new FilterException($"No function signature for the function with name '{name}' matches the specified arguments.");
        string? Text(FilterScope scope, int index) => arguments[index](scope) as string;
        return name switch
        {
            "startswith" => scope => Text(scope, 1) is { } part && Text(scope, 0)?.StartsWith(part, StringComparison.OrdinalIgnoreCase) == true,
            "endswith" => scope => Text(scope, 1) is { } part && Text(scope, 0)?.EndsWith(part, StringComparison.OrdinalIgnoreCase) == true,
            "contains" => scope => Text(scope, 1) is { } part && Text(scope, 0)?.Contains(part, StringComparison.OrdinalIgnoreCase) == true,
            "tolower" => scope => Text(scope, 0)?.ToLowerInvariant(),
            "toupper" => scope => Text(scope, 0)?.ToUpperInvariant(),
            _ => throw new FilterException($"An unknown function with name '{name}' was found."),
        };
    }

    private List<Operand> Arguments()
    {
        Expect(FilterTokenKind.Open);
        var arguments = new List<Operand> { Or() };
        while (Next.Kind == FilterTokenKind.Comma)
        {
            _at++;
            arguments.Add(Or());
        }

        Expect(FilterTokenKind.Close);
        return arguments;
    }

    private bool TakeWord(string word)
    {
        if (Next.Kind != FilterTokenKind.Word || !Next.Text.Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        _at++;
        return true;
    }

    private FilterToken Take(FilterTokenKind kind) => Next.Kind == kind ? _tokens[_at++] : throw Unexpected();

    private void Expect(FilterTokenKind kind) => Take(kind);

    private FilterException Unexpected() => new($"Syntax error at '{Next.Text}' in '{text}'.");
}
