using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Rules;

public sealed class JsonPathParserTests
{
    [TestCase("$", "")]
    [TestCase("$.a", ".a")]
    [TestCase("$.a.b", ".a .b")]
    [TestCase("$['a']", ".a")]
    [TestCase("$[\"a\"]", ".a")]
    [TestCase("$.['a']", ".a")]
    [TestCase("$['a','b']", ".a|b")]
    [TestCase("$.['@odata.nextLink', '@odata.prevLink', 'sessions@odata.nextLink']", ".@odata.nextLink|@odata.prevLink|sessions@odata.nextLink")]
    [TestCase("$[ 'a' , \"b\" ]", ".a|b")]
    [TestCase("$..a", "..a")]
    [TestCase("$..['a','b']", "..a|b")]
    [TestCase("$..a[*].b", "..a [*] .b")]
    [TestCase("$.*", "[*]")]
    [TestCase("$..*", "..[*]")]
    [TestCase("$[*]", "[*]")]
    [TestCase("$..[*]", "..[*]")]
    [TestCase("$[0][-1]", "[0] [-1]")]
    [TestCase("$..[2]", "..[2]")]
    [TestCase("$..lastMessagePreview@odata.context", "..lastMessagePreview@odata .context")]
    [TestCase("$.organizer_v2@odata", ".organizer_v2@odata")]
    [TestCase("$.a-b.$c.d:e.ä", ".a-b .$c .d:e .ä")]
    [TestCase(@"$['it\'s','a\\b',""q\"""",'\u006dail','t\tx']", ".it's|a\\b|q\"|mail|t\tx")]
    [TestCase("$['']", ".")]
    [TestCase("$[?(@.a)]", "[?(@.a)]")]
    [TestCase("$..[?(@.a)].b", "..[?(@.a)] .b")]
    [TestCase("$[?(@)]", "[?(@)]")]
    [TestCase("$[?(@ == 'x')]", "[?(@ == \"x\")]")]
    [TestCase("$[?(@.a=='x')]", "[?(@.a == \"x\")]")]
    [TestCase("$[?(@.a != \"x\")]", "[?(@.a != \"x\")]")]
    [TestCase("$[?(@['@odata.type'] == '#x')]", "[?(@['@odata.type'] == \"#x\")]")]
    [TestCase("$[?(@.['a'].b[*][0] == 1)]", "[?(@.['a'].b[*][0] == 1)]")]
    [TestCase("$[?(@.a == -1.5e3)]", "[?(@.a == -1.5e3)]")]
    [TestCase("$[?(@.a == true)]", "[?(@.a == true)]")]
    [TestCase("$[?(@.a == null)]", "[?(@.a == null)]")]
    [TestCase("$[?(@.a == 'o\\'k')]", "[?(@.a == \"o\\u0027k\")]")]
    [TestCase("$[?(@.a || @.b && @.c)]", "[?((@.a || (@.b && @.c)))]")]
    [TestCase("$[?((@.a || @.b) && @.c)]", "[?(((@.a || @.b) && @.c))]")]
    [TestCase("$[?(@.a && @.b || @.c && @.d)]", "[?(((@.a && @.b) || (@.c && @.d)))]")]
    [TestCase("$[?(@.a || @.b || @.c)]", "[?(((@.a || @.b) || @.c))]")]
    [TestCase("$[?(!@.a)]", "[?(!@.a)]")]
    [TestCase("$[?(!(@.a && @.b))]", "[?(!(@.a && @.b))]")]
    [TestCase("$[?(!@.a && @.b)]", "[?((!@.a && @.b))]")]
    [TestCase("$[?(!@.a == 'x')]", "[?(!@.a == \"x\")]")]
    [TestCase("$[?(@.a =~ /x.*/)]", "[?(@.a =~ \\A(?:x[^\\n\\r\\u0085\\u2028\\u2029]*)\\z)]")]
    [TestCase("$[?(@.a =~ /a\\/b/i)]", "[?(@.a =~ \\A(?:[\\u0061\\u0041]\\u002F[\\u0062\\u0042])\\z)]")]
    public void Reads_the_subset(string text, string expected)
    {
        Assert.That(JsonPathParser.TryParse(text, out var path, out var error, out _), Is.True, error);

        Assert.That(path!.Text, Is.EqualTo(text));
        Assert.That(string.Join(' ', path.Steps.Select(Show)), Is.EqualTo(expected));
    }

    [TestCase("", 0, "expected '$' at the beginning, found the end at character 1")]
    [TestCase("a.b", 0, "expected '$' at the beginning, found 'a' at character 1")]
    [TestCase("@.b", 0, "expected '$' at the beginning, found '@' at character 1")]
    [TestCase("$a", 1, "expected '.', '..' or '[' before the next step, or the end, found 'a' at character 2")]
    [TestCase("$.", 2, "expected a property name, '*' or '[', found the end at character 3")]
    [TestCase("$..", 3, "expected a property name, '*' or '[', found the end at character 4")]
    [TestCase("$...a", 3, "expected a property name, '*' or '[', found '.' at character 4")]
    [TestCase("$.a.", 4, "expected a property name, '*' or '[', found the end at character 5")]
    [TestCase("$.a b", 3, "expected '.', '..' or '[' before the next step, or the end, found ' ' at character 4")]
    [TestCase("$.a.length()", 10, "expected no function: the subset has none, found '(' at character 11")]
    [TestCase("$[", 2, "expected a quoted name, an index, '*' or '?(', found the end at character 3")]
    [TestCase("$[a]", 2, "expected a quoted name, an index, '*' or '?(', found 'a' at character 3")]
    [TestCase("$['a'", 5, "expected ']' (slices, unions of indices and expressions are not in the subset), found the end at character 6")]
    [TestCase("$['a", 4, "expected the closing ', found the end at character 5")]
    [TestCase("$['a',]", 6, "expected a quoted name, found ']' at character 7")]
    [TestCase("$['a',1]", 6, "expected a quoted name, found '1' at character 7")]
    [TestCase("$['\\x']", 4, "expected one of \\\\ \\' \\\" \\/ \\n \\t \\r \\uXXXX, found 'x' at character 5")]
    [TestCase("$['\\u12']", 4, "expected one of \\\\ \\' \\\" \\/ \\n \\t \\r \\uXXXX, found 'u' at character 5")]
    [TestCase("$[0,1]", 3, "expected ']' (slices, unions of indices and expressions are not in the subset), found ',' at character 4")]
    [TestCase("$[0:2]", 3, "expected ']' (slices, unions of indices and expressions are not in the subset), found ':' at character 4")]
    [TestCase("$[-]", 3, "expected an index, found ']' at character 4")]
    [TestCase("$[99999999999]", 13, "expected an index, found ']' at character 14")]
    [TestCase("$[?]", 3, "expected '(' after '?', found ']' at character 4")]
    [TestCase("$[?()]", 4, "expected '@', '!' or '(', found ')' at character 5")]
    [TestCase("$[?(@.a]", 7, "expected ')', '&&' or '||', found ']' at character 8")]
    [TestCase("$[?(@.a > 1)]", 8, "expected '==', '!=' or '=~', found '>' at character 9")]
    [TestCase("$[?(@.a === 1)]", 10, "expected a quoted text, a number, true, false or null, found '=' at character 11")]
    [TestCase("$[?(@.a == )]", 11, "expected a quoted text, a number, true, false or null, found ')' at character 12")]
    [TestCase("$[?(@.a == 01)]", 11, "expected a quoted text, a number, true, false or null, found '0' at character 12")]
    [TestCase("$[?(@.a == yes)]", 11, "expected a quoted text, a number, true, false or null, found 'y' at character 12")]
    [TestCase("$[?(@.a == @.b)]", 11, "expected a quoted text, a number, true, false or null, found '@' at character 12")]
    [TestCase("$[?('x' == @.a)]", 4, "expected '@', '!' or '(', found ''' at character 5")]
    [TestCase("$[?(@..a)]", 7, "expected a relative path without '..', found 'a' at character 8")]
    [TestCase("$[?(@[?(@.a)])]", 6, "expected a quoted name, an index or '*', found '?' at character 7")]
    [TestCase("$[?(@.a in ['x'])]", 8, "expected ')', '&&' or '||', found 'i' at character 9")]
    [TestCase("$[?(@.a && )]", 11, "expected '@', '!' or '(', found ')' at character 12")]
    [TestCase("$[?(@.a =~ x)]", 11, "expected '/' before the regex, found 'x' at character 12")]
    [TestCase("$[?(@.a =~ /x)]", 15, "expected '/' after the regex, found the end at character 16")]
    [TestCase("$[?(@.a =~ /x/d)]", 15, "expected a regex: '(?d' is not a flag or group that is the same in Java and .NET; the flags i, m, s, u, x are (at character 3 of the regex), found ')' at character 16")]
    [TestCase("$[?(@.a =~ /[/)]", 14, "expected a regex: a '[' is not closed (at character 2 of the regex), found ')' at character 15")]
    [TestCase("$.a ", 3, "expected '.', '..' or '[' before the next step, or the end, found ' ' at character 4")]
    public void Refuses_everything_else_and_says_where(string text, int expectedAt, string expected)
    {
        Assert.That(JsonPathParser.TryParse(text, out var path, out var error, out var at), Is.False);
        Assert.That(error, Is.EqualTo(expected));
        Assert.That(at, Is.EqualTo(expectedAt));
        Assert.That(path, Is.Null);
    }

    [Test]
    public void Has_limits_on_length_steps_and_nesting()
    {
        Assert.That(JsonPathParser.TryParse("$." + new string('a', 4096), out _, out var length, out _), Is.False);
        Assert.That(length, Does.StartWith("expected a path of at most 4096 characters"));
        Assert.That(JsonPathParser.TryParse("$" + string.Concat(Enumerable.Repeat(".a", 65)), out _, out var steps, out _), Is.False);
        Assert.That(steps, Does.StartWith("expected at most 64 steps"));
        Assert.That(JsonPathParser.TryParse("$[?" + new string('(', 2000), out _, out var nesting, out _), Is.False);
        Assert.That(nesting, Does.StartWith("expected less nesting: at most 16 levels"));
        Assert.That(JsonPathParser.TryParse("$[?(" + new string('!', 2000), out _, out nesting, out _), Is.False);
        Assert.That(nesting, Does.StartWith("expected less nesting: at most 16 levels"));
    }

    [Test]
    public void Never_throws_on_any_text()
    {
        const string pieces = "$@.[]()?*'\"\\/=!~&|,:-+ 01aeiu\uD83D\uDE00\n<>";
        var random = new Random(4);
        var accepted = 0;
        for (var run = 0; run < 50_000; run++)
        {
            var text = (run % 3) switch { 0 => "$", 1 => "$[?(@", _ => "$['" } + string.Concat(Enumerable.Range(0, random.Next(0, 16)).Select(_ => pieces[random.Next(pieces.Length)]));
            var read = JsonPathParser.TryParse(text, out var path, out var error, out var at);
            Assert.That(read ? path is not null && error is null : path is null && error is not null && at >= 0 && at <= text.Length, Is.True, text);
            if (read) accepted++;
        }

        Assert.That(accepted, Is.GreaterThan(100));
    }

    private static string Show(JsonPathStep step)
    {
        var text = step switch
        {
            PropertyStep property => "." + string.Join('|', property.Names),
            WildcardStep => "[*]",
            IndexStep index => $"[{index.Index}]",
            FilterStep filter => $"[?({Show(filter.Filter)})]",
            _ => "",
        };
        return !step.Recursive ? text : step is PropertyStep ? "." + text : ".." + text;
    }

    private static string Show(JsonFilter filter) => filter switch
    {
        ExistsFilter exists => exists.Path.Text,
        CompareFilter compare => $"{compare.Path.Text} {(compare.Negated ? "!=" : "==")} {compare.Literal}",
        RegexFilter regex => $"{regex.Path.Text} =~ {regex.Regex}",
        AndFilter and => $"({Show(and.Left)} && {Show(and.Right)})",
        OrFilter or => $"({Show(or.Left)} || {Show(or.Right)})",
        NotFilter not => "!" + Show(not.Operand),
        _ => "",
    };
}
