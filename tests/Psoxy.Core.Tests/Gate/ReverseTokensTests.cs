using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize.Values;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Gate;

/// <summary>Where a token's original may stand, and where it would break out of its place or tell what it is.</summary>
public sealed class ReverseTokensTests
{
    private static readonly Pseudonymizer Pseudonymizer = Sanitizing.Pseudonymizer;

    [TestCase("48d31887-5fad-4d73-a9f5-3c356e68a038")]
    [TestCase("alice@contoso.com")]
    [TestCase("o'brien@contoso.com")]
    [TestCase("alice+news@contoso.com")]
    [TestCase("bürgi@zürich.example")]
    [TestCase("19:a_b@unq.gbl.spaces")]
    public void An_id_stands_in_a_path(string original) =>
        Assert.That(Reverse("/users/" + Token(original) + "/messages", ""), Is.EqualTo("/users/" + CanonicalEncoding.Encode(original) + "/messages"));

    [TestCase("delta")]
    [TestCase("Delta")]
    [TestCase("microsoft.graph.user")]
    [TestCase("graph.user")]
    [TestCase("getAllMessages")]
    [TestCase("$value")]
    [TestCase("@p")]
    [TestCase("root:")]
    [TestCase(":")]
    [TestCase(".")]
    [TestCase("..")]
    [TestCase("a/b")]
    [TestCase("a\\b")]
    [TestCase("a?b")]
    [TestCase("a#b")]
    [TestCase("a;b")]
    [TestCase("a%2Fb")]
    [TestCase("users('x')")]
    [TestCase("1,to=2")]
    [TestCase("a\u0001b")]
    [TestCase("a\u007fb")]
    [TestCase("a\u0085b")]
    [TestCase("a b")]
    [TestCase("")]
    public void What_would_change_the_resource_does_not(string original) => Assert.That(Reverse("/users/" + Token(original), ""), Is.Null);

    [Test]
    public void Nor_does_what_becomes_a_word_together_with_the_text_around_it() => Assert.That(Reverse("/users/del" + Token("ta"), ""), Is.Null);

    [Test]
    public void A_parameter_of_a_function_stays_one()
    {
        Assert.That(Reverse("/f(a=" + Token("1") + ",b=2)", ""), Is.EqualTo("/f(a=1,b=2)"));
        Assert.That(Reverse("/f(a=" + Token("1,b=3") + ",b=2)", ""), Is.Null);
        Assert.That(Reverse("/f(a='" + Token("o'brien") + "',b=2)", ""), Is.EqualTo("/f(a='o''brien',b=2)"));
    }

    [TestCase("alice@contoso.com", "alice@contoso.com")]
    [TestCase("O'Neill' or '1' eq '1", "O''Neill''%20or%20''1''%20eq%20''1")]
    [TestCase("a&$top=1#x", "a%26$top=1%23x")]
    public void A_text_in_a_filter_stays_one(string original, string inside) =>
        Assert.That(Reverse("/users", "$filter=mail eq '" + Token(original) + "'"), Is.EqualTo("/users?$filter=mail%20eq%20'" + inside + "'"));

    [TestCase("a%27b")]
    [TestCase("a%u0027b")]
    [TestCase("a\nb")]
    [TestCase("a\u0085b")]
    public void A_text_that_somebody_might_decode_again_stands_nowhere(string original) => Assert.That(Reverse("/users", "$filter=mail eq '" + Token(original) + "'"), Is.Null);

    // The link that a meeting is found by: Tid and Oid are in it as escaped JSON.
    [TestCase("https://teams.example/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d")]
    [TestCase("https://teams.example/meet/123?p=a&x=y#z")]
    public void A_link_may_hold_escapes_inside_a_text(string original) => Assert.That(
        Reverse("/users", "$filter=joinWebUrl eq '" + Token(original) + "'"),
        Is.EqualTo("/users?$filter=joinWebUrl%20eq%20'" + CanonicalEncoding.Encode(original) + "'"));

    [TestCase("https://teams.example/%27%20or%20id%20eq%20%27")]
    [TestCase("https://teams.example/%26$filter=x")]
    [TestCase("https://teams.example/a%2527b")]
    [TestCase("https://teams.example/a%23b")]
    [TestCase("https://teams.example/a%2bb")]
    [TestCase("https://teams.example/a%00b")]
    [TestCase("https://teams.example/a%C3%A9b")]
    [TestCase("https://teams.example/a%u0027b")]
    [TestCase("http://teams.example/a%3ab")]
    public void But_not_such_as_could_end_the_text(string original) => Assert.That(Reverse("/users", "$filter=joinWebUrl eq '" + Token(original) + "'"), Is.Null);

    [TestCase("$filter=joinWebUrl eq ", "")]
    [TestCase("x=", "")]
    public void Nor_outside_a_text(string before, string after) => Assert.That(Reverse("/users", before + Token("https://teams.example/a%3ab") + after), Is.EqualTo(null));

    [Test]
    public void Names_and_unsealed_places_are_left_alone()
    {
        var token = Token("alice@contoso.com");

        Assert.That(Reverse("/users", token + "=1"), Is.EqualTo("/users?" + token + "=1"), "a name is not a place for a token");
        Assert.That(Reverse("/users", "$search=\"mail:" + token + "\""), Is.Null);
    }

    [Test]
    public void A_sealed_text_stands_only_where_it_was_sealed()
    {
        // A caller who may filter groups by name would else get, in the next link, a token of whichever name he guesses.
        var link = PagingLinks.Seal("https://graph.microsoft.com/v1.0/groups?$filter=startswith(displayName,'alice@contoso.com')&$skiptoken=x", Pseudonymizer).Text!;
        var start = link.IndexOf("p~", StringComparison.Ordinal);
        var token = link[start..link.IndexOf('\'', start)];

        Assert.That(Reverse("/v1.0/groups", "$filter=startswith(displayName,'" + token + "')"), Is.EqualTo("/v1.0/groups?$filter=startswith(displayName,'alice@contoso.com')"));
        foreach (var bare in (string[])[token, token.Split('@')[0], token.Split('@')[0] + "@contoso.com"])
        {
            Assert.That(Reverse("/v1.0/users/" + bare, ""), Is.Null);
            Assert.That(Reverse("/v1.0/users", "$filter=mail eq '" + bare + "'"), Is.Null);
            Assert.That(Reverse("/v1.0/users", "x=" + bare), Is.Null);
            Assert.That(ReverseTokens.TryReverseHeader(bare, Pseudonymizer, out _), Is.False);
        }

        Assert.That(Reverse("/v1.0/groups", "$expand=startswith(displayName,'" + token + "')"), Is.Null);
        Assert.That(Reverse("/v1.0/users", "$filter=mail eq '" + Token("alice@contoso.com").Split('@')[0] + "@s~'"), Is.Null, "a mark alone seals nothing");
    }

    [TestCase("alice@contoso.com", true)]
    [TestCase("bürgi@contoso.com", false)]
    [TestCase("a\r\nX-Other: 1", false)]
    [TestCase("a\"b", false)]
    public void A_header_stays_one(string original, bool stands) => Assert.That(ReverseTokens.TryReverseHeader("x=" + Token(original), Pseudonymizer, out _), Is.EqualTo(stands));

    private static string Token(string original) => Pseudonymizer.Pseudonymize(original, PseudonymEncoding.UrlSafeToken, includeReversible: true);

    private static string? Reverse(string path, string query)
    {
        var rawPath = string.Join('/', path.Split('/').Select(CanonicalSegment));
        Assert.That(CanonicalUrl.TryRead("GET", rawPath, query.Replace(" ", "%20", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal), out var request), Is.EqualTo(GateReason.Allowed), rawPath);
        return ReverseTokens.TryReverse(request!, Pseudonymizer, out var target) ? target : null;
    }

    private static string CanonicalSegment(string segment) => CanonicalEncoding.Encode(segment);
}
