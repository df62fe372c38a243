using System.Globalization;
using System.Text;

namespace Psoxy.Core.Tests.Properties;

/// <summary>Rules and JSON from a seed: small vocabularies, so that rules and values meet.</summary>
internal sealed class RandomCase(int seed)
{
    private static readonly string[] Names = ["a", "b", "c", "mail", "kind"];
    private static readonly string[] Texts = ["", " ", "x", "File", "alice@contoso.com", "Alice <alice@contoso.com>", "call Bob: x", "smtp:bob@contoso.com", "a b c", "ü\u2028\"\\", "10.0.0.1", "1:1 with Bo"];
    private static readonly string[] Numbers = ["0", "-1", "1.0", "1.5", "1e2", "12345678901234567890", "-0.0", "5"];
    private static readonly string[] Transforms =
    [
        "redact", "redact", "pseudonymize", "pseudonymize, includeReversible: true", "pseudonymize, encoding: JSON", "pseudonymizeRegexMatches, regex: '(?i)smtp:(.*)'",
        "tokenize", "redactRegexMatches, redactions: ['[bc]+', 'x']", "filterTokenByRegex, filters: ['[a-z]']", "redactExceptPhrases, allowedPhrases: [call, '1:1']", "textDigest",
        "pseudonymizeEmailHeader", "redactExceptSubstringsMatchingRegexes, exceptions: ['[a-c]+', 'x']", "hashIp", "encryptIp",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One endpoint's YAML.</summary>
    public string Rules()
    {
        var yaml = new StringBuilder("endpoints:\n  - pathTemplate: /x\n");
        if (_random.Next(3) == 0) yaml.Append("    responseSchema: ").Append(Schema(0)).Append('\n');
        if (_random.Next(4) == 0) yaml.Append(CultureInfo.InvariantCulture, $"    augments: [{{jsonPaths: [{Paths()}], method: textDigest}}]\n");
        yaml.Append("    transforms:\n");
        for (var count = 1 + _random.Next(4); count > 0; count--)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"      - {{jsonPaths: [{Paths()}], method: {Pick(Transforms)}");
            if (_random.Next(8) == 0) yaml.Append(CultureInfo.InvariantCulture, $", applyOnlyWhen: \"{Path()}\"");
            yaml.Append("}\n");
        }

        return yaml.ToString();
    }

    /// <summary>One document.</summary>
    public string Json() => Value(0);

    private string Value(int depth)
    {
        switch (_random.Next(depth > 4 ? 4 : 8))
        {
            case 0: return Pick(Numbers);
            case 1: return Pick(["null", "true", "false"]);
            case 2 or 3: return Text(Pick(Texts));
            case 4 or 5: return "[" + string.Join(Comma(), Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth + 1))) + "]";
            default: return "{" + string.Join(Comma(), Enumerable.Range(0, _random.Next(5)).Select(_ => Text(_random.Next(60) == 0 ? "+a" : Pick(Names)) + Pick([":", " : "]) + Value(depth + 1))) + "}";
        }
    }

    private string Comma() => Pick([",", ",", " , ", ",\n "]);

    // Now and then a character is escaped that need not be.
    private string Text(string text)
    {
        var json = System.Text.Json.JsonSerializer.Serialize(text)[1..^1];
        if (text.Length > 0 && char.IsAsciiLetter(text[0]) && _random.Next(5) == 0) json = $"\\u{(int)text[0]:x4}" + json[1..];
        return "\"" + json + "\"";
    }

    // Several paths of one transform may meet in one value, which then is treated by each.
    private string Paths() => string.Join(", ", Enumerable.Range(0, 1 + (_random.Next(3) / 2)).Select(_ => $"\"{Path()}\""));

    private string Path()
    {
        var path = new StringBuilder("$");
        for (var count = 1 + _random.Next(3); count > 0; count--)
        {
            var dots = Pick(["", "", ".."]);
            path.Append(_random.Next(11) switch
            {
                0 => dots + "[*]",
                1 => dots.Length > 0 ? dots + "*" : ".*",
                2 => dots + $"['{Pick(Names)}','{Pick(Names)}']",
                3 => dots + $"[{_random.Next(-2, 3)}]",
                4 => dots + $"[?({Filter(0)})]",
                _ => (dots.Length > 0 ? dots : ".") + Pick(Names),
            });
        }

        return path.ToString();
    }

    private string Filter(int depth) => _random.Next(depth > 1 ? 4 : 7) switch
    {
        0 => $"@.{Pick(Names)}",
        1 => $"@.{Pick(Names)} == '{Pick(["x", "File"])}'",
        2 => $"@.{Pick(Names)}.{Pick(Names)} != {Pick(["1", "null", "true", "'x'"])}",
        3 => $"@['{Pick(Names)}'] =~ /f.*/i",
        4 => $"!({Filter(depth + 1)})",
        5 => $"({Filter(depth + 1)}) && {Filter(depth + 1)}",
        _ => $"{Filter(depth + 1)} || {Filter(depth + 1)}",
    };

    private string Schema(int depth)
    {
        if (depth > 2) return Pick(["{type: string}", "{type: number}", "{type: integer}", "{type: boolean}", "{format: x}"]);
        return _random.Next(6) switch
        {
            0 => "{$ref: '#'}",
            1 => $"{{type: array, items: {Schema(depth + 1)}}}",
            2 => $"{{anyOf: [{{if: {{properties: {{{Pick(Names)}: {{const: File}}}}}}, then: {Schema(depth + 1)}}}, {Schema(3)}]}}",
            _ => "{type: object, properties: {" + string.Join(", ", Names.Where(_ => _random.Next(2) == 0).Select(name => $"{name}: {Schema(depth + 1)}")) + "}}",
        };
    }

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];
}
