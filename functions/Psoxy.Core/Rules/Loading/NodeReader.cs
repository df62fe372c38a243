using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Turns nodes into values; what does not fit becomes an error and reading goes on, so that one run tells all that is wrong.</summary>
internal sealed class NodeReader(string file, RulesOptions options)
{
    private readonly List<RulesError> _errors = [];
    private readonly HashSet<(int, int, string)> _told = [];
    private bool _gaveUp;
    private readonly Dictionary<(string Text, bool Whole, bool Groups, RegexOptions Options), Regex> _regexes = [];
    private int _paths;
    private int _regexCount;
    private int _regexLength;

    public RulesOptions Options => options;

    /// <summary>In file order. A definition that several endpoints use is wrong once.</summary>
    public ImmutableArray<RulesError> Errors
    {
        get
        {
            var errors = _errors.OrderBy(e => e.Line).ThenBy(e => e.Column).ToImmutableArray();
            return _gaveUp ? errors.Add(new(file, errors[^1].Line, errors[^1].Column, null, $"more than {options.MaxErrors} errors; the others are not listed", IsYaml: false)) : errors;
        }
    }

    /// <summary>The endpoint that errors belong to.</summary>
    public string? Endpoint { get; set; }

    public void Fail(YamlNode at, string message)
    {
        if (_told.Contains((at.Line, at.Column, message))) return;
        if (_errors.Count >= options.MaxErrors) _gaveUp = true;
        else
        {
            _told.Add((at.Line, at.Column, message));
            _errors.Add(new(file, at.Line, at.Column, Endpoint, message, IsYaml: false));
        }
    }

    /// <summary>A map with known keys only, each at most once; an empty one where the node is something else.</summary>
    public Dictionary<string, YamlNode> Map(YamlNode node, string what, params ReadOnlySpan<string> keys)
    {
        RefuseTag(node, what);
        return TaggedMap(node, what, keys);
    }

    /// <summary>The same for a map in which every key must stand, but for one.</summary>
    public Dictionary<string, YamlNode> Whole(YamlNode node, string what, ImmutableArray<string> keys, string? optional = null)
    {
        var members = Map(node, what, [.. keys]);
        foreach (var missing in keys.Where(key => key != optional && !members.ContainsKey(key))) Fail(node, $"'{missing}' is missing in {what}");
        return members;
    }

    /// <summary>The same for a map whose tag the caller has read.</summary>
    public Dictionary<string, YamlNode> TaggedMap(YamlNode node, string what, params ReadOnlySpan<string> keys)
    {
        var members = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var (key, value) in AnyMembers(node, what))
        {
            if (keys.Contains(key.Text)) members.TryAdd(key.Text, value);
            else Fail(key, $"unknown key '{Cut(key.Text)}' in {what}; {Suggest(key.Text, keys)}");
        }

        return members;
    }

    /// <summary>A map with free keys, each at most once.</summary>
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Members(YamlNode node, string what)
    {
        RefuseTag(node, what);
        return AnyMembers(node, what);
    }

    private ImmutableArray<KeyValuePair<YamlScalar, YamlNode>> AnyMembers(YamlNode node, string what)
    {
        if (node is not YamlMap map)
        {
            Fail(node, $"expected {what} to be a map, found {Describe(node)}");
            return [];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, _) in map.Members)
            if (!seen.Add(key.Text)) Fail(key, $"the key '{Cut(key.Text)}' stands in {what} twice");
        return map.Members;
    }

    /// <summary>A tag that nobody reads would be a rule that nobody applies.</summary>
    public void RefuseTag(YamlNode node, string what)
    {
        if (node.Tag is { } tag)
            Fail(node, $"unexpected tag '!<{Cut(tag)}>' on {what}; only items of 'transforms' and 'augments' have one");
    }

    public IReadOnlyList<YamlNode> Items(YamlNode node, string what)
    {
        RefuseTag(node, what);
        if (node is YamlList list) return list.Items;
        Fail(node, $"expected {what} to be a list, found {Describe(node)}");
        return [];
    }

    public string? Text(YamlNode node, string what)
    {
        RefuseTag(node, what);
        if (node is YamlScalar { IsNull: false } scalar) return scalar.Text;
        Fail(node, $"expected {what} to be text, found {Describe(node)}");
        return null;
    }

    public ImmutableArray<string> Texts(YamlNode node, string what, bool allowEmpty = false)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in Items(node, what))
            if (Text(item, "an item of " + what) is { } text) texts.Add(text);
        if (texts.Count == 0 && !allowEmpty && node is YamlList { Items.IsEmpty: true }) Fail(node, $"{what} is empty; expected at least one item");
        return texts.ToImmutable();
    }

    public bool Flag(YamlNode node, string what)
    {
        RefuseTag(node, what);
        if (node is YamlScalar { Text: "true" or "True" or "TRUE" }) return true;
        if (node is not YamlScalar { Text: "false" or "False" or "FALSE" }) Fail(node, $"expected {what} to be true or false, found {Describe(node)}");
        return false;
    }

    public T? Choice<T>(YamlNode node, string what, params ReadOnlySpan<(string Name, T Value)> choices)
        where T : struct
    {
        RefuseTag(node, what);
        var names = new List<string>();
        foreach (var (name, value) in choices)
        {
            names.Add(name);
            if (node is YamlScalar scalar && scalar.Text == name) return value;
        }

        Fail(node, $"expected {what} to be one of {string.Join(", ", names)}, found {Describe(node)}");
        return null;
    }

    public Regex? Regex(YamlNode node, string what, bool whole = false, bool groups = false, RegexOptions regexOptions = RegexOptions.None)
    {
        if (Text(node, what) is not { } text) return null;
        if (_regexes.TryGetValue((text, whole, groups, regexOptions), out var known)) return known;
        if (!CountRegexes(node, 1)) return null;
        if (SafeRegex.TryCompile(text, whole, groups || !whole, regexOptions, out var regex, out var error))
        {
            _regexLength += regex.ToString().Length;
            return _regexes[(text, whole, groups, regexOptions)] = regex;
        }

        Fail(node, $"expected {what} to be a regex: {error}");
        return null;
    }

    // A compiled regex takes some 50 KB; one of look-arounds, as '$' is, takes long to compile.
    private bool CountRegexes(YamlNode node, int more)
    {
        _regexCount += more;
        if (_regexCount <= options.MaxRegexes && _regexLength <= options.MaxRegexLength) return true;
        Fail(node, $"the regexes of the file are more than {options.MaxRegexes}, or have more than {options.MaxRegexLength} characters together as .NET has them");
        return false;
    }

    public ImmutableArray<Regex> Regexes(YamlNode node, string what, bool whole = false)
    {
        var regexes = ImmutableArray.CreateBuilder<Regex>();
        foreach (var item in Items(node, what))
            if (Regex(item, "an item of " + what, whole) is { } regex) regexes.Add(regex);
        if (node is YamlList { Items.IsEmpty: true }) Fail(node, $"{what} is empty; expected at least one regex");
        return regexes.ToImmutable();
    }

    public JsonPath? Path(YamlNode node, string what)
    {
        if (Text(node, what) is not { } text) return null;
        if (JsonPathParser.TryParse(text, out var path, out var error, out _)) return CountRegexes(node, RegexesOf(path, text)) ? path : null;
        Fail(node, $"{what} '{Cut(text)}' is not a JSON path that rules may use: {error}");
        return null;
    }

    // Only '=~' makes one; a name that holds it is counted too.
    private static int RegexesOf(JsonPath path, string text) => path.Steps.Any(step => step is FilterStep) ? text.AsSpan().Count("=~") : 0;

    public ImmutableArray<JsonPath> Paths(YamlNode node, string what)
    {
        var paths = ImmutableArray.CreateBuilder<JsonPath>();
        foreach (var item in Items(node, what))
            if (Path(item, "an item of " + what) is { } path) paths.Add(path);
        if (node is YamlList { Items.IsEmpty: true }) Fail(node, $"{what} is empty; expected at least one JSON path");
        return paths.ToImmutable();
    }

    /// <summary>Counts JSON paths that an endpoint gets; false, and not counted, where they would be more than the options allow all endpoints together.</summary>
    public bool CountPaths(int more)
    {
        if (more > options.MaxPaths - _paths) return false;
        _paths += more;
        return true;
    }

    /// <summary>Whether a <c>when</c> holds in the variant that is being loaded: a flag, <c>!flag</c>, or a list of which all must hold.</summary>
    public bool Holds(Dictionary<string, YamlNode> members)
    {
        if (!members.TryGetValue("when", out var node)) return true;
        var holds = true;
        foreach (var item in node is YamlList ? Items(node, "'when'") : [node])
        {
            if (Text(item, "'when'") is not { } flag) continue;
            var name = flag.TrimStart('!');
            if (!RulesOptions.KnownFlags.Contains(name) || flag.Length - name.Length > 1)
                Fail(item, $"unknown flag '{Cut(flag)}' in 'when'; expected one of {string.Join(", ", RulesOptions.KnownFlags.Order(StringComparer.Ordinal))}, or one with '!' before it");
            holds &= options.Flags.Contains(name) != flag.StartsWith('!');
        }

        return holds;
    }

    public static string Describe(YamlNode node) => node switch
    {
        YamlScalar { IsNull: true } => "nothing",
        YamlScalar scalar => $"'{Cut(scalar.Text)}'",
        YamlList => "a list",
        _ => "a map",
    };

    public static string Cut(string text, int length = 60) => text.Length <= length ? text : text[..(length - 3)] + "...";

    /// <summary>The nearest known word if there is one near, else all of them. Of an error that is not listed any more nothing is said: it takes long.</summary>
    public string Suggest(string found, ReadOnlySpan<string> known)
    {
        if (_gaveUp) return "";
        var nearest = "";
        var least = Math.Max(2, found.Length / 3) + 1;
        foreach (var word in known)
        {
            var distance = EditDistance.Between(found, word, least);
            if (distance < least) (nearest, least) = (word, distance);
        }

        return nearest.Length > 0 ? $"did you mean '{nearest}'?" : $"expected one of {string.Join(", ", known.ToArray())}";
    }
}
