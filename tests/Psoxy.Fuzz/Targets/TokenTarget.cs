using System.Text;
using System.Text.RegularExpressions;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Fuzz.Engine;

namespace Psoxy.Fuzz.Targets;

/// <summary>Texts with tokens in them, whole and damaged: found, measured, reversed, put into requests and headers.</summary>
internal sealed partial class TokenTarget : FuzzTarget
{
    private static readonly string[] Originals =
    [
        "alice@contoso.com", "Alice Smith <Alice+x@Contoso.com>", "o'brien@contoso.com", "a", "a/b", "..", "$value", "\"x\" OR subject:y", "x%2Fy", "'",
        "x' or 'a' eq 'a", "\u00e9\u20ac\U0001F600", "a\nb", "a&b=c#d?e;f+g", "(x)", "p~x", new string('x', 300),
    ];

    private readonly string[] _tokens = [.. Originals.Select(FuzzKey.Pseudonymizer.Tokenize),
        .. Originals.Select(original => FuzzKey.Pseudonymizer.Pseudonymize(original, PseudonymEncoding.UrlSafeToken, includeReversible: true))];

    public TokenTarget() => Words = [.. _tokens.Select(Encoding.UTF8.GetBytes), .. Texts.Words("p~", "t~", "@", "@contoso.com", "@h~", "~", "'", "''", "\"", "=",
        "==", "-", "_", " ", "\n", "/", "%", "&", "A", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "mail eq '", "' or mail eq '", "p~p~", "\u00e9", ".")];

    public override string Name => "token";

    public override IReadOnlyList<byte[]> Words { get; }

    public override byte[] Generate(Random random)
    {
        var token = _tokens[random.Next(_tokens.Length)];
        return Encoding.UTF8.GetBytes(random.Next(4) switch
        {
            0 => $"mail eq '{token}' or mail in ('{_tokens[random.Next(_tokens.Length)]}')",
            1 => $"{_tokens[random.Next(_tokens.Length)]},{token}",
            _ => token,
        });
    }

    public override string Run(ReadOnlyMemory<byte> input)
    {
        var text = Encoding.UTF8.GetString(input.Span);
        var found = CheckFinds(text);
        var reversed = CheckReverse(text);
        var header = ReverseTokens.TryReverseHeader(text, FuzzKey.Pseudonymizer, out var forSource);
        Must(header == forSource is not null && (forSource is null || forSource.All(c => c is >= ' ' and <= '~')), "a header for the source is printable",
            forSource ?? "");
        return $"{Texts.Bucket(found)} {reversed} {header} {CheckPath(text)} {CheckQuery(text)}";
    }

    private static int CheckFinds(string text)
    {
        var count = 0;
        var whole = false;
        for (var from = 0; TokenPattern.TryFind(text, from, out var start, out var length); from = start + length)
        {
            count++;
            Must(start >= from && length > 0 && start + length <= text.Length, "a token is inside the text", $"{start}+{length}");
            Must(Shape().IsMatch(text.AsSpan(start, length)), "a token has its shape", text.Substring(start, length));
            Must(TokenPattern.IsReversible(text.AsSpan(start, length)), "what is found is a whole token", text.Substring(start, length));
            Must(!Shape().IsMatch(text.AsSpan(from, start - from)), "no token is passed over", text);
            whole |= start == 0 && length == text.Length;
            CheckReverse(text.Substring(start, length));
        }

        Must(TokenPattern.IsReversible(text) == whole, "finding and measuring agree", text);
        return count;
    }

    // Only what we ourselves make of the original: any other token is a damaged one.
    private static bool CheckReverse(string token)
    {
        if (!FuzzKey.Pseudonymizer.TryReverse(token, out var original)) return false;
        var body = token.Split('@')[0];
        var ours = body == FuzzKey.Pseudonymizer.Tokenize(original) || body == FuzzKey.Pseudonymizer.Pseudonymize(original, PseudonymEncoding.UrlSafeToken,
            includeReversible: true).Split('@')[0];
        Must(ours, "a damaged token is not reversed", token);
        return true;
    }

    private static bool CheckPath(string text)
    {
        if (CanonicalUrl.TryRead("GET", "/v1.0/users/" + Escaped(text) + "/messages", "", out var request) != GateReason.Allowed) return false;
        if (!ReverseTokens.TryReverse(request!, FuzzKey.Pseudonymizer, out var target)) return false;
        Must(CanonicalUrl.TryRead("GET", target, "", out var again) == GateReason.Allowed && again!.Segments.Length == request!.Segments.Length
            && again.Path == target, "an original stays in its segment", target);
        Must(request.Segments.Any(segment => segment.StartsWith('$')) || !again.Segments.Any(segment => segment.StartsWith('$')),
            "an original makes no word of OData's", target);
        return true;
    }

    private static bool CheckQuery(string text)
    {
        if (CanonicalUrl.TryRead("GET", "/v1.0/users", "$filter=" + Escaped(text) + "&$top=5", out var request) != GateReason.Allowed) return false;
        if (!ReverseTokens.TryReverse(request!, FuzzKey.Pseudonymizer, out var target)) return false;
        var query = target.Split('?', 2)[1];
        Must(target.All(c => c is > ' ' and <= '~') && query.Split('&') is [var filter, "$top=5"] && filter.StartsWith("$filter=",
            StringComparison.Ordinal) && !filter.Contains('#', StringComparison.Ordinal) && !filter.Contains('+', StringComparison.Ordinal),
            "an original stays in its parameter", target);

        // Where every token stands in quotes, what is outside of them is what it was.
        var value = Uri.UnescapeDataString(query.Split('&')[0]["$filter=".Length..]);
        if (!TokenPattern.TryFind(Quoted().Replace(text, "'"), 0, out _, out _)) Must(Quoted().Replace(text, "'") == Quoted().Replace(value, "'"),
            "an original stays in its quotes", value);
        return true;
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    [GeneratedRegex(@"p~[A-Za-z0-9_-]{43}", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex("'(?:[^']|'')*'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}
