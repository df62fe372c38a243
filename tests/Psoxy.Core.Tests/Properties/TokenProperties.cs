using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Tests.Properties;

/// <summary>Random values: a token gives back exactly what went in, a damaged one nothing, and the original stays where the token stood.</summary>
public sealed class TokenProperties
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(Seed, 1UL);

    private static readonly string[] Pieces =
    [
        "alice", "Alice.Smith", "o'brien", "bob+news", "a", "0", "48d31887-5fad-4d73-a9f5-3c356e68a038", "@", "@contoso.com", "@Contoso.COM", "@zürich.example", "@ไทยดี.example", "@xn--abc.example", "@[10.0.0.1]", "@a_b.c-d",
        " ", "<", ">", "\"Smith, A.\" ", "'", "''", "%", "%41", "%u0041", "/", "\\", "?", "#", "&", "=", ";", ",", "(", ")", "$", ":", "~", "p~", "t~", "@s~", "é", "😀", "\u0301", "\u0001", "\n", "\u0085", "delta", "graph.", ".", "..", "+",
    ];

    private static readonly Pseudonymizer[] Pseudonymizers =
    [
        .. from handling in Enum.GetValues<EmailDomainHandling>()
           from rule in Enum.GetValues<EmailCanonicalization>()
           select new Pseudonymizer(PseudonymKey.Create("salt"u8, "secret"u8), new PseudonymOptions(rule, handling)),
    ];

    private static readonly Pseudonymizer Foreign = new(PseudonymKey.Create("salt"u8, "other"u8), new PseudonymOptions());

    // See SanitizerProperties.
    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("PSOXY_FUZZ_RUNS"), out var runs) ? runs : 4000;

    private static ulong Seed => ulong.TryParse(Environment.GetEnvironmentVariable("PSOXY_FUZZ_SEED"), out var seed) ? seed : 20261124UL;

    [OneTimeTearDown]
    public void DisposeKeys()
    {
        Foreign.Dispose();
        foreach (var pseudonymizer in Pseudonymizers) pseudonymizer.Dispose();
    }

    [Test]
    public void A_token_reverses_to_the_exact_original_under_its_own_key_only() => Prop.ForAll(Cases(), @case =>
    {
        var (random, original, pseudonymizer) = @case();
        foreach (var token in Tokens(pseudonymizer, original))
        {
            Assert.That(pseudonymizer.TryReverse(token, out var back), Is.True, original);
            Assert.That(back, Is.EqualTo(original));
            Assert.That(Foreign.TryReverse(token, out var stolen), Is.False);
            Assert.That(stolen, Is.Empty);
        }
    }).Check(Many);

    [Test]
    public void A_token_is_found_whole_in_any_text_around_it() => Prop.ForAll(Cases(), @case =>
    {
        var (random, original, pseudonymizer) = @case();
        if (!HasPlainDomain(original)) return;
        foreach (var token in Tokens(pseudonymizer, original))
        {
            Assert.That(TokenPattern.IsReversible(token), Is.True, token);
            var (before, after) = (Pick(random, ["", "'", "p~", "p~x ", "t~", "("]), Pick(random, ["", "'", ")", ",", " ", "/", "?"]));
            Assert.That(TokenPattern.TryFind(before + token + after, 0, out var start, out var length), Is.True);
            Assert.That((before + token + after).Substring(start, length), Is.EqualTo(token));
        }
    }).Check(Many);

    [Test]
    public void A_damaged_token_never_reverses() => Prop.ForAll(Cases(), @case =>
    {
        var (random, original, pseudonymizer) = @case();
        var token = pseudonymizer.Tokenize(original);
        var at = random.Next(token.Length);
        var other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=% "[random.Next(67)];
        var damaged = random.Next(4) switch
        {
            0 => token[..at] + other + token[(at + 1)..],
            1 => token[..^1] + other,
            2 => token.Remove(at, 1 + random.Next(token.Length - at)),
            _ => token.Insert(at, other.ToString()),
        };

        if (damaged != token) Assert.That(pseudonymizer.TryReverse(damaged, out _), Is.False, $"{token}\n{damaged}");
    }).Check(Many);

    [Test]
    public void What_is_put_into_a_path_or_a_query_is_what_a_reader_finds_there()
    {
        var (placed, refused) = (0, 0);
        Prop.ForAll(Cases(), @case =>
        {
            foreach (var isPlaced in Places(@case())) _ = isPlaced ? placed++ : refused++;
        }).Check(Many);

        Assert.That(placed, Is.GreaterThan(refused / 4));
        Assert.That(refused, Is.GreaterThan(placed / 4));
    }

    [Test]
    public void What_is_sealed_in_a_link_is_not_in_it_and_comes_back() => Prop.ForAll(Cases(), @case =>
    {
        var (random, original, pseudonymizer) = @case();
        if (original.Length < 4 || CanonicalUrl.HoldsControl(original) || CanonicalUrl.HoldsEscape(original) || original is "alice" or "delta") return;
        var value = Pick(random, ["$filter", "filter"]) + "=" + CanonicalEncoding.Encode($"a eq 'x' or b eq '{Doubled(original)}' or startswith(c,'{Doubled(original)}')");
        foreach (var query in (string[])[value, "$skiptoken=" + CanonicalEncoding.Encode(original), "who=" + CanonicalEncoding.Encode(original)])
        {
            var outcome = PagingLinks.Seal("https://host/x?" + query, pseudonymizer);

            Assert.That(outcome.Action, Is.EqualTo(ValueAction.Replace), query);
            Assert.That(Uri.UnescapeDataString(query), Does.Contain(Doubled(original)).Or.Contain(original));
            Assert.That(Uri.UnescapeDataString(WithoutTokens(outcome.Text!)), Does.Not.Contain(original).And.Not.Contain(Doubled(original)), query);
            Assert.That(CanonicalUrl.TryRead("GET", "/x", outcome.Text.AsSpan("https://host/x?".Length), out var request), Is.EqualTo(GateReason.Allowed));
            Assert.That(ReverseTokens.TryReverse(request!, pseudonymizer, out var target), Is.True, query);
            Assert.That(target, Is.EqualTo("/x?" + query));
        }
    }).Check(Many);

    [Test]
    public void The_path_of_a_link_names_nobody() => Prop.ForAll(Cases(), @case =>
    {
        var (random, original, pseudonymizer) = @case();
        if (!EmailAddress.TryParse(original, out _) || !TemplateMatcher.MayBind(original)) return;
        var isEscaped = random.Next(2) == 0;
        string Written(string text) => isEscaped ? Uri.EscapeDataString(text) : CanonicalEncoding.Encode(text).Replace("%2B", "+", StringComparison.Ordinal);
        foreach (var path in (string[])["/v1.0/users/" + Written(original) + "/x", "/v1.0/users('" + Written(Doubled(original)) + "')/x", "/v1.0/users(%27" + Written(Doubled(original)) + "%27)/x", "/v1.0/f(a='" + Written(Doubled(original)) + "',b=1)/x"])
        {
            var link = PagingLinks.Seal("https://host" + path + "?$skip=1", pseudonymizer).Text!;

            Assert.That(Uri.UnescapeDataString(link), Does.Not.Contain(original).And.Not.Contain(Doubled(original)).And.Contain("p~"), path);
            Assert.That(CanonicalUrl.TryRead("GET", link.AsSpan()["https://host".Length..link.IndexOf('?', StringComparison.Ordinal)], "", out var request), Is.EqualTo(GateReason.Allowed));
            Assert.That(ReverseTokens.TryReverse(request!, pseudonymizer, out var target), Is.True, path);
            Assert.That(Uri.UnescapeDataString(target!), Is.EqualTo(Uri.UnescapeDataString(path)));
        }
    }).Check(Many.WithMaxTest(Runs * 4));

    private static IEnumerable<bool> Places((Random Random, string Original, Pseudonymizer Pseudonymizer) @case)
    {
        var (_, original, pseudonymizer) = @case;
        if (!HasPlainDomain(original)) yield break;
        foreach (var token in Tokens(pseudonymizer, original))
        {
            var id = CanonicalEncoding.Encode(token);
            yield return IsPlaced(pseudonymizer, "/users/" + id + "/x", "", ["users", original, "x"], []);
            yield return IsPlaced(pseudonymizer, "/f(a='" + id + "',b=1)", "", ["f(a='" + Doubled(original) + "',b=1)"], []);
            yield return IsPlaced(pseudonymizer, "/x", "$filter=a%20eq%20'" + id + "'%20and%20b%20in%20('x','" + id + "')&$top=5", ["x"], [("$filter", $"a eq '{Doubled(original)}' and b in ('x','{Doubled(original)}')"), ("$top", "5")]);
            yield return IsPlaced(pseudonymizer, "/x", "$skiptoken=" + id, ["x"], [("$skiptoken", original)]);
        }
    }

    // Either the original cannot stand there, or a reader of the whole finds exactly it.
    private static bool IsPlaced(Pseudonymizer pseudonymizer, string path, string query, string[] segments, (string, string)[] parameters)
    {
        if (CanonicalUrl.TryRead("GET", path, query, out var request) != GateReason.Allowed) return false;
        if (!ReverseTokens.TryReverse(request!, pseudonymizer, out var target)) return false;
        var split = target.Split('?', 2);
        Assert.That(CanonicalUrl.TryRead("GET", split[0], split.Length > 1 ? split[1] : "", out var sent), Is.EqualTo(GateReason.Allowed), target);
        Assert.That(sent!.PathAndQuery, Is.EqualTo(target));
        Assert.That(sent.Segments, Is.EqualTo(segments), target);
        Assert.That(sent.Parameters.Select(parameter => (parameter.Name, parameter.Value)), Is.EqualTo(parameters), target);
        return true;
    }

    private static IEnumerable<string> Tokens(Pseudonymizer pseudonymizer, string original)
    {
        yield return pseudonymizer.Tokenize(original);
        yield return pseudonymizer.Pseudonymize(original, PseudonymEncoding.UrlSafeToken, includeReversible: true);
    }

    // RFC 5322 lets a domain hold "!#$%&'*+/=?^`{|}" too. No mail goes there, and a token cannot end in them: a text around it might begin so.
    private static bool HasPlainDomain(string original) =>
        !EmailAddress.TryParse(original, out var email) || email.Domain[0] == '[' || !email.Domain.Any("!#$%&'*+/=?^`{|}".Contains);

    private static string WithoutTokens(string link) => Regex.Replace(link, "p~[A-Za-z0-9_-]{43,}(@s~)?", "");

    private static string Doubled(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];

    private static Arbitrary<Func<(Random Random, string Original, Pseudonymizer Pseudonymizer)>> Cases() => Gen.Choose(0, int.MaxValue).Select(seed => (Func<(Random, string, Pseudonymizer)>)(() =>
    {
        var random = new Random(seed);
        var original = new StringBuilder();
        for (var count = 1 + random.Next(5); count > 0; count--) original.Append(Pick(random, Pieces));
        return (random, original.ToString(), Pseudonymizers[random.Next(Pseudonymizers.Length)]);
    })).ToArbitrary();
}
