using System.Globalization;
using System.Text;

namespace Psoxy.Core.Tests.Properties;

/// <summary>Request targets from a seed: legitimate ones of the corpus, and what an attacker or a careless client makes of them.</summary>
internal sealed class RandomTarget(int seed)
{
    private static readonly string[] Inserts =
    [
        "%2F", "%2f", "/", "//", "/.", "/..", "%2e", "%5C", "\\", "%00", "%0A", "%25", "%252F", "%25%32%46", "%", "%u002f", ";", "%3B", "?", "#", "%23", "&", "&&", "=", "%26", "%3D",
        "'", "''", "%27", "\"", "%22", "(", ")", "%20", "+", " ", ",", ":", "@", "@p", "$", "$ref", "/$value", "/$count", "$it", "*", "~", "p~", "é", "%C3%A9", "%C0%AF", "%C2%A0", "%E2%80%8B", "%F0%9F%98%80", "%ED%A0%80",
        "graph.user", "microsoft.graph.user", "delta", "\u0130", "\ud800", "\0",
    ];

    private static readonly string[] Extras =
    [
        "$filter=displayName%20eq%20'A'", "filter=DisplayName%20ge%20'A'", "$FILTER=mail%20eq%20'x'", "$orderby=displayName", "$select=id,displayName", "$select=*", "$expand=manager($filter=displayName%20eq%20'A';$select=id)",
        "$expand=a($expand=b($expand=c($expand=d($expand=e))))", "$search=%22from:a%22", "$count=true", "$top=5", "top=6", "$skip=0", "$apply=x", "compute=y", "$format=json", "@p='x'", "x", "x=", "=x", "$filter=", "$filter=a/any(x:x/b/any(y:y%20eq%20x))",
        "$filter=not%20not%20(id%20eq%20'a'%20or%20id%20in%20('b','c'))", "$filter=id%20eq%20" + "((((((((((((((((((((1", "$skiptoken=abc%3D%3D", "$deltatoken=x", "%24top=1", "$t%6Fp=1",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One of the targets with up to four changes.</summary>
    public string Mutate(IReadOnlyList<string> targets)
    {
        var target = targets[_random.Next(targets.Count)];
        for (var changes = _random.Next(5); changes > 0; changes--) target = Change(target);
        return target;
    }

    /// <summary>A request of open.yaml's first endpoint with one OData option: grammatical at first, of visible and hidden properties, then perhaps damaged.</summary>
    public string Option()
    {
        var option = Option(0);
        for (var changes = Math.Max(0, _random.Next(6) - 3); changes > 0; changes--)
        {
            var at = _random.Next(option.Length + 1);
            option = _random.Next(3) switch
            {
                0 => option.Remove(at, Math.Min(1 + _random.Next(3), option.Length - at)),
                1 => option.Insert(at, Pick(["'", "''", "(", ")", ";", ",", "/", " ", "=", "$", "-", ":", "x", "any(", "displayName", "\"", "1", "@", "."])),
                _ => option.Insert(at, option[_random.Next(option.Length + 1)..]),
            };
        }

        var equals = option.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? "/open" : "/open?" + Uri.EscapeDataString(option[..equals]) + "=" + Uri.EscapeDataString(option[(equals + 1)..]);
    }

    private string Option(int depth) => Pick(["$", "$", "$", ""]) + _random.Next(depth > 3 ? 3 : 5) switch
    {
        0 => Pick(["filter", "filter", "Filter"]) + "=" + Condition(0, ""),
        1 => "orderby=" + Property("") + Pick(["", " asc", " desc", ", title"]),
        2 => "select=" + Property("") + Pick(["", ",title", ", size"]),
        3 => "filter=" + Condition(0, ""),
        _ => "expand=" + Pick(["x", "x/y", "title"]) + "(" + string.Join(';', Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Option(depth + 1))) + ")",
    };

    private string Condition(int depth, string variable) => _random.Next(depth > 3 ? 3 : 8) switch
    {
        0 => Property(variable) + Pick([" eq ", " ne ", " gt ", " le "]) + Constant(),
        1 => Pick(["startswith", "contains", "endsWith"]) + "(" + Property(variable) + ",'a')",
        2 => Property(variable) + " in (" + Constant() + "," + Constant() + ")",
        3 => "(" + Condition(depth + 1, variable) + ")",
        4 => "not " + Condition(depth + 1, variable),
        5 => Property(variable) + "/any(" + (variable.Length == 0 ? "v" : "w") + ":" + Condition(depth + 1, variable.Length == 0 ? "v" : "w") + ")",
        _ => Condition(depth + 1, variable) + Pick([" and ", " or "]) + Condition(depth + 1, variable),
    };

    private string Property(string variable)
    {
        var name = _random.Next(6) == 0 ? Pick(["displayName", "DisplayName", "DISPLAYNAME", "secretNumber", "secretnumber", "a/displayName", "displayName/a", "emailAddress/Name"]) : Pick(["title", "size", "a/b", "categories"]);
        return _random.Next(4) == 0 && variable.Length > 0 ? variable : _random.Next(3) == 0 && variable.Length > 0 ? variable + "/" + name : name;
    }

    private string Constant() => Pick(["'x'", "'it''s'", "'displayName'", "1", "-1.5", "true", "null", "2026-01-01T00:00:00Z", "-secretNumber", "displayName", "''"]);

    private string Pick(string[] choices) => choices[_random.Next(choices.Length)];

    private string Change(string target)
    {
        var at = _random.Next(target.Length + 1);
        return _random.Next(9) switch
        {
            0 or 1 => Encode(target, _random.Next(2) == 0),
            2 => target.Insert(at, Inserts[_random.Next(Inserts.Length)]),
            3 => target[..at] + (_random.Next(2) == 0 ? target[at..].ToUpperInvariant() : target[at..].ToLowerInvariant()),
            4 or 5 => target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Extras[_random.Next(Extras.Length)],
            6 => target.Remove(at, Math.Min(_random.Next(4), target.Length - at)),
            7 => at < target.Length ? target[..at] + (char)_random.Next(256) + target[(at + 1)..] : target,
            _ => target.Insert(at, target[_random.Next(target.Length + 1)..]),
        };
    }

    // Characters that need no escape get one.
    private string Encode(string target, bool many)
    {
        var encoded = new StringBuilder();
        foreach (var c in target)
        {
            var isEscaped = c is not ('/' or '?' or '&' or '=' or '%') && c < 128 && _random.Next(many ? 3 : 20) == 0;
            if (isEscaped) encoded.Append('%').Append(((int)c).ToString(_random.Next(2) == 0 ? "x2" : "X2", CultureInfo.InvariantCulture));
            else encoded.Append(c);
        }

        return encoded.ToString();
    }
}
