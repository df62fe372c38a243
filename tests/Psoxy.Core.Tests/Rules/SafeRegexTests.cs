using System.Text.RegularExpressions;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Rules;

/// <summary>What Java's documentation of java.util.regex.Pattern says, and what its source does where that is silent.</summary>
public sealed class SafeRegexTests
{
    // regex, text, what Java's find() finds first ("-": nothing)
    [TestCase("(?)abc", "xabc", "abc", TestName = "An_empty_flag_group_means_nothing")]
    [TestCase("(?)(?)a(?)b", "ab", "ab", TestName = "Several_empty_flag_groups_mean_nothing")]
    [TestCase("a++b", "aaab", "aaab", TestName = "A_possessive_plus_matches")]
    [TestCase("a++ab", "aaab", "-", TestName = "A_possessive_plus_gives_nothing_back")]
    [TestCase("(ab)*+c", "ababc", "ababc", TestName = "A_possessive_group_matches")]
    [TestCase("(ab)*+abc", "ababc", "-", TestName = "A_possessive_group_gives_nothing_back")]
    [TestCase("a{2,3}+a", "aaa", "-", TestName = "A_possessive_repetition_gives_nothing_back")]
    [TestCase("a?+a", "a", "-", TestName = "A_possessive_question_mark_gives_nothing_back")]
    [TestCase(@"\Qa.b*\E+", "xa.b**", "a.b**", TestName = "A_quoted_text_is_literal_and_its_last_character_is_repeated")]
    [TestCase(@"\Qa.b", "xa.bc", "a.b", TestName = "A_quote_that_is_not_closed_goes_to_the_end")]
    [TestCase(@"[\Q]-a\E]+", "x]-a", "]-a", TestName = "A_quote_inside_a_class_is_literal")]
    [TestCase(@"\d+", "٣12", "12", TestName = "Digits_are_ascii")]
    [TestCase(@"\w+", "é_a1", "_a1", TestName = "Word_characters_are_ascii")]
    [TestCase(@"\W+", "aé", "é", TestName = "What_is_no_ascii_word_character_is_none")]
    [TestCase(@"\s", "\u00A0 ", " ", TestName = "Blanks_are_ascii")]
    [TestCase(@"\S", "\u00A0", "\u00A0", TestName = "A_no_break_space_is_no_blank")]
    [TestCase(@"\h+", "a\u00A0\t", "\u00A0\t", TestName = "Horizontal_blanks_are_unicode")]
    [TestCase(@"\v", "a\u2028", "\u2028", TestName = "Vertical_blanks_are_a_class")]
    [TestCase(@"a\Rb", "a\r\nb", "a\r\nb", TestName = "R_is_any_line_end")]
    [TestCase(@"\p{Alpha}+", "éab1", "ab", TestName = "Posix_classes_are_ascii")]
    [TestCase(@"\P{Alpha}+", "ab1é", "1é", TestName = "Posix_classes_can_be_negated")]
    [TestCase(@"[^\P{Alpha}]+", "1ab", "ab", TestName = "Negated_posix_classes_work_inside_a_class")]
    [TestCase(@"[\p{Punct}\d]+", "a-1", "-1", TestName = "Posix_classes_work_inside_a_class")]
    [TestCase(@"\p{L}+", "1éa", "éa", TestName = "Categories_are_unicode")]
    [TestCase(@"\pL+", "1éa", "éa", TestName = "A_category_of_one_letter_needs_no_braces")]
    [TestCase(@"\p{IsL}+", "1éa", "éa", TestName = "A_category_may_be_spelled_with_Is")]
    [TestCase(".+", "ab\u0085cd", "ab", TestName = "A_dot_stops_at_NEL")]
    [TestCase(".+", "ab\rcd", "ab", TestName = "A_dot_stops_at_a_carriage_return")]
    [TestCase("(?s).+", "ab\rcd", "ab\rcd", TestName = "Under_s_a_dot_stops_nowhere")]
    [TestCase("(?s:a.)b.", "a\nb\n", "-", TestName = "A_flag_of_a_group_ends_with_it")]
    [TestCase("((?s)a.)b.", "a\nbc", "a\nbc", TestName = "A_flag_inside_a_group_holds_until_its_end")]
    [TestCase("(?i)abc", "xABC", "ABC", TestName = "Case_can_be_ignored")]
    [TestCase("(?i)[A-C]D", "bd", "bd", TestName = "Case_is_ignored_in_either_direction")]
    [TestCase("(?i)k", "\u212A", "-", TestName = "Ignoring_case_is_for_ascii_letters")]
    [TestCase("(?iu)k", "\u212A", "\u212A", TestName = "Under_u_it_is_for_all_letters")]
    [TestCase("(?i)é", "É", "-", TestName = "Other_letters_keep_their_case_under_i")]
    [TestCase("(?iu)é", "É", "É", TestName = "Other_letters_lose_their_case_under_iu")]
    [TestCase("(?i)[a-c]+", "XbAC", "bAC", TestName = "Case_is_ignored_in_a_range")]
    [TestCase("(?i)[^a]", "A", "-", TestName = "Case_is_ignored_in_a_negated_class")]
    [TestCase("a(?i)b(?-i)c", "aBc", "aBc", TestName = "Flags_can_be_put_on_and_off")]
    [TestCase("a(?i)b(?-i)c", "aBC", "-", TestName = "A_flag_that_is_off_is_off")]
    [TestCase("(a(?i)b)c", "aBC", "-", TestName = "A_flag_does_not_leave_its_group")]
    [TestCase("(?x) a b # c\n c", "abc", "abc", TestName = "Under_x_blanks_and_comments_mean_nothing")]
    [TestCase("(?x) [a b]+", "a b", "a", TestName = "Under_x_blanks_inside_a_class_mean_nothing")]
    [TestCase(@"(?x) a\ b", "a b", "a b", TestName = "Under_x_an_escaped_blank_is_a_blank")]
    [TestCase("b$", "ab\n", "b", TestName = "A_dollar_stands_before_a_last_newline")]
    [TestCase("b$", "ab\r\n", "b", TestName = "A_dollar_stands_before_a_last_CRLF")]
    [TestCase("b$", "ab\u2029", "b", TestName = "A_dollar_stands_before_a_last_paragraph_separator")]
    [TestCase("b$", "ab\n\n", "-", TestName = "A_dollar_does_not_stand_before_two_newlines")]
    [TestCase("\r$", "a\r\n", "-", TestName = "A_dollar_does_not_stand_inside_a_CRLF")]
    [TestCase(@"b\Z", "ab\r", "b", TestName = "Z_stands_before_a_last_line_end")]
    [TestCase(@"b\z", "ab\n", "-", TestName = "z_stands_at_the_end_only")]
    [TestCase("(?m)^b", "a\rb", "b", TestName = "Under_m_a_caret_stands_behind_a_carriage_return")]
    [TestCase("(?m)^\nb", "a\r\nb", "-", TestName = "Under_m_a_caret_does_not_stand_inside_a_CRLF")]
    [TestCase("(?m)a$", "a\u0085b", "a", TestName = "Under_m_a_dollar_stands_before_every_line_end")]
    [TestCase("(?m)b^", "b\n", "-", TestName = "Under_m_a_caret_does_not_stand_at_the_very_end")]
    [TestCase("(?<name>a)(b)\\2", "abb", "abb", TestName = "Groups_are_numbered_from_left_to_right")]
    [TestCase(@"(?<x>a)\k<x>", "aa", "aa", TestName = "A_reference_by_name_works")]
    [TestCase(@"(a)\11", "aa1", "aa1", TestName = "A_reference_takes_only_digits_that_name_a_group")]
    [TestCase(@"\x41\u0042\0103\x{44}", "ABCD", "ABCD", TestName = "Characters_may_be_given_by_number")]
    [TestCase(@"\cJ\t\a\e", "\n\t\a\u001B", "\n\t\a\u001B", TestName = "Control_characters_have_escapes")]
    [TestCase("\U0001F600+", "x\U0001F600\U0001F600", "\U0001F600\U0001F600", TestName = "A_character_beyond_FFFF_is_repeated_as_a_whole")]
    [TestCase(@"\x{1F600}", "x\U0001F600", "\U0001F600", TestName = "A_code_point_may_be_given_by_number")]
    [TestCase(@"\uD83D\uDE00+", "x\U0001F600\U0001F600", "\U0001F600\U0001F600", TestName = "Two_halves_in_a_row_are_one_character")]
    [TestCase(@"[\w-.]+", "a-.b ", "a-.b", TestName = "A_dash_behind_a_shorthand_stands_for_itself")]
    [TestCase("[a-]+", "b-a", "-a", TestName = "A_dash_before_the_bracket_stands_for_itself")]
    [TestCase("[]a]+", "]a", "]a", TestName = "A_bracket_in_front_stands_for_itself")]
    [TestCase("[a-zA-z0-9]+", "[_x", "[_x", TestName = "A_range_over_both_cases_is_read_as_written")]
    [TestCase("[({]?[a-f]{2}[})]?", "({ab})", "{ab}", TestName = "Braces_inside_a_class_are_no_repetition")]
    [TestCase(@"a(?=b)(?!c)(?<=a)(?<!x)b", "ab", "ab", TestName = "Look_around_is_shared")]
    public void Finds_what_Java_finds(string java, string text, string expected)
    {
        Assert.That(SafeRegex.TryCompile(java, whole: false, RegexOptions.None, out var regex, out var error), Is.True, error);

        var match = regex!.Match(text);

        Assert.That(match.Success ? match.Value : "-", Is.EqualTo(expected));
    }

    [TestCase("a$", "a", true)]
    [TestCase("a$", "a\n", false)]
    [TestCase("a$|b", "a", true)]
    [TestCase("(a|b$)c?", "b", true)]
    [TestCase("a$\n", "a\n", true)]
    [TestCase("a|ab", "ab", true)]
    [TestCase("^a$", "xa", false)]
    public void A_whole_match_takes_all_of_the_text(string java, string text, bool expected) =>
        Assert.That(SafeRegex.Own(java, whole: true).IsMatch(text), Is.EqualTo(expected));

    [Test]
    public void Group_one_is_the_first_group_from_the_left_even_if_it_has_a_name() =>
        Assert.That(SafeRegex.Own("(?<user>a+)(b)").Match("aab").Groups[1].Value, Is.EqualTo("aa"));

    [TestCase("a[", "a '[' is not closed (at character 3 of the regex)")]
    [TestCase("a(b", "a '(' is not closed (at character 4 of the regex)")]
    [TestCase("a)b", "a ')' without a '(' (at character 2 of the regex)")]
    [TestCase("*a", "nothing to repeat before '*'; escape it to mean the character (at character 1 of the regex)")]
    [TestCase("a**", "nothing to repeat before '*'; escape it to mean the character (at character 3 of the regex)")]
    [TestCase("a|+", "nothing to repeat before '+'; escape it to mean the character (at character 3 of the regex)")]
    [TestCase("a{,3}", "a '{' that begins no repetition such as {2,5} of at most 1000: escape it to mean the character (at character 2 of the regex)")]
    [TestCase("a{3,2}", "a '{' that begins no repetition such as {2,5} of at most 1000: escape it to mean the character (at character 2 of the regex)")]
    [TestCase("a{5000}", "a '{' that begins no repetition such as {2,5} of at most 1000: escape it to mean the character (at character 2 of the regex)")]
    [TestCase("((a{1000}){1000}){1000}", "the repetitions multiply to more than 20000 characters (at character 17 of the regex)")]
    [TestCase("[a-z&&[^b]]", "'&&' inside […] is an intersection in Java; .NET has none (at character 5 of the regex)")]
    [TestCase("[a[b]]", "'[' inside […] is a union in Java and a character in .NET: escape it as '\\[' (at character 3 of the regex)")]
    [TestCase("[b-a]", "a range that runs backwards (at character 5 of the regex)")]
    [TestCase("[\U0001F600]", "a character beyond FFFF inside […] is two characters to .NET (at character 4 of the regex)")]
    [TestCase("[\\b]", "'\\b' here means something else in .NET, or nothing (at character 3 of the regex)")]
    [TestCase("\\", "a '\\' at the end (at character 2 of the regex)")]
    [TestCase("\\G", "'\\G' here means something else in .NET, or nothing (at character 2 of the regex)")]
    [TestCase("\\X", "'\\X' here means something else in .NET, or nothing (at character 2 of the regex)")]
    [TestCase("\\x4", "'\\x' needs 2 hexadecimal digits (at character 2 of the regex)")]
    [TestCase("\\u12", "'\\u' needs 4 hexadecimal digits (at character 2 of the regex)")]
    [TestCase("\\x{110000}", "'\\x{…}' needs a hexadecimal number up to 10FFFF (at character 2 of the regex)")]
    [TestCase("\\b{g}", "'\\b{' has no counterpart in .NET (at character 2 of the regex)")]
    [TestCase("\\p{IsLatin}", "the character property 'IsLatin' has no exact counterpart in .NET: use a category such as \\p{L}, or a POSIX class such as \\p{Alpha} (at character 12 of the regex)")]
    [TestCase("(?i)\\p{Lower}", "'\\p{Lower}' under (?i) means one thing in some versions of Java and another in others: write the letters out (at character 14 of the regex)")]
    [TestCase("(?U)a", "'(?U' is not a flag or group that is the same in Java and .NET; the flags i, m, s, u, x are (at character 3 of the regex)")]
    [TestCase("(?d)a", "'(?d' is not a flag or group that is the same in Java and .NET; the flags i, m, s, u, x are (at character 3 of the regex)")]
    [TestCase("(?n)a", "'(?n' is not a flag or group that is the same in Java and .NET; the flags i, m, s, u, x are (at character 3 of the regex)")]
    [TestCase("(?#c)", "'(?#' is not a flag or group that is the same in Java and .NET; the flags i, m, s, u, x are (at character 3 of the regex)")]
    [TestCase("(?'a'b)", "'(?'' is not a flag or group that is the same in Java and .NET; the flags i, m, s, u, x are (at character 3 of the regex)")]
    [TestCase("(?(a)b|c)", "'(?(' is not a flag or group that is the same in Java and .NET; the flags i, m, s, u, x are (at character 3 of the regex)")]
    [TestCase("(?P<a>b)", "'(?P' is not a flag or group that is the same in Java and .NET; the flags i, m, s, u, x are (at character 3 of the regex)")]
    [TestCase("(?<a-b>c)", "'(?<' begins no name of letters and digits (at character 8 of the regex)")]
    [TestCase("(?<a>b)(?<a>c)", "the group 'a' stands there twice (at character 13 of the regex)")]
    [TestCase("\\1(a)", "'\\1' refers to a group that is not there yet (at character 3 of the regex)")]
    [TestCase("\\k<a>(?<a>b)", "'\\k<…>' names no group before it (at character 6 of the regex)")]
    [TestCase("(?i)\\p{IsLu}", "'\\p{IsLu}' under (?i) means one thing in some versions of Java and another in others: write the letters out (at character 13 of the regex)")]
    [TestCase("(?i)[\\p{gc=Ll}]", "'\\p{gc=Ll}' under (?i) means one thing in some versions of Java and another in others: write the letters out (at character 15 of the regex)")]
    [TestCase("(?iu)[\\wé]", "a class such as \\w beside characters in […] under (?iu) cannot be said in .NET (at character 11 of the regex)")]
    [TestCase("(?i)(a)\\1", "a back reference under (?i) compares in another way in .NET (at character 10 of the regex)")]
    public void Refuses_what_NET_would_read_in_another_way(string java, string expected)
    {
        Assert.That(SafeRegex.TryCompile(java, whole: false, RegexOptions.None, out var regex, out var error), Is.False);
        Assert.That(error, Is.EqualTo(expected));
        Assert.That(regex, Is.Null);
    }

    [Test]
    public void Refuses_a_regex_that_is_too_long() => Refuses_what_NET_would_read_in_another_way(new string('a', 8193), "a regex of 8193 characters; 8192 at most");

    [Test]
    public void Refuses_groups_that_are_nested_too_deep() =>
        Refuses_what_NET_would_read_in_another_way(new string('(', 4000), "groups nested deeper than 100 (at character 102 of the regex)");

    [TestCase("(?i)^smtp:(.*)$")]
    [TestCase("(a+)+b")]
    [TestCase("(?=x)y")]
    public void Every_regex_has_a_time_limit(string java)
    {
        Assert.That(SafeRegex.Own(java).MatchTimeout, Is.EqualTo(SafeRegex.MatchTimeout));
        Assert.That(SafeRegex.TryCompile(java, whole: true, groups: false, RegexOptions.None, out var whole, out _), Is.True);
        Assert.That(whole!.MatchTimeout, Is.EqualTo(whole.Options.HasFlag(RegexOptions.NonBacktracking) ? SafeRegex.LinearMatchTimeout : SafeRegex.MatchTimeout));
    }

    [TestCase("(a+)+b", true)]
    [TestCase("https://[^.]+\\.zoom\\.us/.*", true)]
    [TestCase("(a)\\1", false)]
    [TestCase("a++", false)]
    public void Runs_in_linear_time_where_it_can(string java, bool linear) =>
        Assert.That(SafeRegex.Own(java, whole: true).Options.HasFlag(RegexOptions.NonBacktracking), Is.EqualTo(linear));

    // The linear engine of .NET 10.0.12 misses matches and loses groups; Java 17 finds these.
    [TestCase("[^a]?[A-Z]", "KzaK}1E", "K|K|1E")]
    [TestCase(@"[\s,]?a", "Ak\n \u000B\u2028\u000B\u00E9a]a", "a|a")]
    [TestCase(@"\p{L}?\p{Upper}", "A}K\naK}1E", "A|K|aK|E")]
    [TestCase(@"\P{L}?\p{Alpha}", "\u00A0\u00DFkaK-k,", "k|a|K|-k")]
    [TestCase(@"\D{1,2}\b", "#a\u017F\u00C9].", "#|\u017F\u00C9")]
    [TestCase(@"[^\w]{1,}\b", "ak-\u212Aa\u00DF\r#1", "-|\u00DF\r#")]
    [TestCase(@"\D+?\b\W{1,2}", "Ax-\r-", "Ax-\r")]
    [TestCase(@"(?iu)[^\w]", "\u212Ak", "\u212A")]
    [TestCase(@"(?iu)[\W]", "k\u212A", "\u212A")]
    [TestCase(@"(?:\D++)?[\d-]+", ",x-\u000B", "-")]
    [TestCase(@"(?>\D+)?[\d-]+", ",x-\u000B", "-")]
    [TestCase("(?:[a-z]++){2}", "1abc", "")]
    [TestCase(@"\R\W", "b\r\n", "\r\n")]
    [TestCase(@"(?>a|)b", "ab", "ab")]
    [TestCase("(?:a+|){2}", "xaa", "|aa|")]
    [TestCase("(?:a+|b+|)+c", "xabac", "abac")]
    [TestCase("(?:(?:ab)+|){2}", "xabab", "|abab|")]
    [TestCase(@"\R{2}", "a\r\nb\r\r", "\r\r")]
    public void Finds_every_match_that_Java_finds(string java, string text, string expected)
    {
        var found = SafeRegex.Own(java).Matches(text).Select(match => match.Value);

        Assert.That(string.Join('|', found), Is.EqualTo(expected));
    }

    [Test]
    public void Keeps_the_group_that_Java_keeps() => Assert.That(SafeRegex.Own(@"[^\S]*\H*(\s\z)").Match("#.kc1xK#\r\n").Groups[1].Value, Is.EqualTo("\n"));

    [TestCase("(a+)+b")]
    [TestCase("[^a]?[A-Z]")]
    public void Does_not_run_in_linear_time_where_it_must_say_what_it_found(string java)
    {
        Assert.That(SafeRegex.Own(java).Options.HasFlag(RegexOptions.NonBacktracking), Is.False);
        Assert.That(((Tokenize)Loads.Endpoint($"transforms: [!<tokenize> {{jsonPaths: [$.a], regex: '{java}'}}]").Transforms.Single()).Regex!.Options.HasFlag(RegexOptions.NonBacktracking), Is.False);
    }

    [Test]
    public void A_regex_that_would_run_away_is_given_up() =>
        Assert.That(() => SafeRegex.Own("(a|aa)+$").IsMatch(new string('a', 60) + "!"), Throws.Exception.Matches<Exception>(SafeRegex.IsGivenUp));

    [Test]
    public void Never_throws_on_any_text()
    {
        const string pieces = @"abAZ09()[]{}<>?*+|^$.\-,:=!&#'~pPLQEuxckdDwWsShHvVRbBzZGkiIms 😀é";
        var random = new Random(20261124);
        var accepted = 0;
        for (var run = 0; run < 20_000; run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (SafeRegex.TryCompile(text, run % 2 == 0, RegexOptions.None, out _, out var error)) accepted++;
            else Assert.That(error, Does.Not.StartWith("not a valid regex"), text);
        }

        Assert.That(accepted, Is.GreaterThan(1000));
    }
}
