using System.Text;
using System.Text.RegularExpressions;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize.Values;
using Psoxy.Fuzz.Engine;

namespace Psoxy.Fuzz.Targets;

/// <summary>Paging links as Graph writes them: sealed, and unsealed again when they come back as requests.</summary>
internal sealed partial class LinkTarget : FuzzTarget
{
    private static readonly string[] Links =
    [
        "https://graph.microsoft.com/v1.0/users?$skiptoken=RFNwdAIAAQAAABw6YWxpY2VAY29udG9zby5jb20",
        "https://graph.microsoft.com/v1.0/users('alice@contoso.com')/messages?$top=5&$skip=10",
        "https://graph.microsoft.com/v1.0/users/alice%40contoso.com/messages?$filter=from/emailAddress/address%20eq%20%27o''brien@contoso.com%27&$skiptoken=x%2By",
        "https://graph.microsoft.com/v1.0/users('o''brien@contoso.com')/calendarView/delta?$deltatoken=a.b-c_d~e",
        "https://graph.microsoft.com/v1.0/me/drive?token=abc&user=alice@contoso.com&$search=%22displayName:x%22&$expand=a($filter=b%20eq%20'c')",
    ];

    public override string Name => "link";

    public override IReadOnlyList<byte[]> Words { get; } =
    [
        .. Texts.Words(Links),
        .. Texts.Words("https://", "http://", "/", "//", "('", "')", "(')", "('')", "'", "''", "%27", "%28", "?", "&", "=", "%3D", "%26", "$skiptoken=",
            "%24skiptoken=", "$SKIPTOKEN=", "skiptoken=", "$deltatoken=", "token=", "$filter=", "$search=", "$expand=", "alice@contoso.com", "%40", "@", "+", "%2B",
            "%", "%25", " ", "#", "\"", "\u00e9", "..", "p~"),
    ];

    public override byte[] Generate(Random random) => Encoding.UTF8.GetBytes(Links[random.Next(Links.Length)]);

    public override string Run(ReadOnlyMemory<byte> input)
    {
        var link = Encoding.UTF8.GetString(input.Span);
        var outcome = PagingLinks.Seal(link, FuzzKey.Pseudonymizer);
        if (outcome.Action != ValueAction.Replace) return $"{outcome.Action} {outcome.Warning}";
        var (path, query) = Split(link);
        var (sealedPath, sealedQuery) = Split(outcome.Text!);
        CheckPath(path, sealedPath);
        CheckQuery(query, sealedQuery);
        return $"sealed {CheckWayBack(path, query, sealedPath, sealedQuery)} {path != sealedPath} {query != sealedQuery} "
            + $"{Texts.Bucket(query.Count(c => c == '&'))} {Texts.Bucket(path.Count(c => c == '/'))}";
    }

    // Crude, and only where nobody can doubt that it is an address.
    private static void CheckPath(string path, string sealedPath)
    {
        var (before, after) = (path.Split('/'), sealedPath.Split('/'));
        Must(before.Length == after.Length && before.Take(3).SequenceEqual(after.Take(3)), "a link keeps its host and its segments", sealedPath);
        for (var at = 3; at < before.Length; at++)
        {
            var address = PlainAddress().Match(before[at]);
            if (address.Success) Must(!after[at].Contains(address.Value, StringComparison.OrdinalIgnoreCase), "no address stays in a path", sealedPath);
        }
    }

    private static void CheckQuery(string query, string sealedQuery)
    {
        var (before, after) = (query.Split('&'), sealedQuery.Split('&'));
        Must(before.Length == after.Length, "a link keeps its parameters", sealedQuery);
        for (var at = 0; at < before.Length; at++)
        {
            var name = Uri.UnescapeDataString(before[at].Split('=')[0]).TrimStart('$').ToUpperInvariant();
            var value = after[at].Split('=', 2).ElementAtOrDefault(1) ?? "";
            if (name is "SKIPTOKEN" or "DELTATOKEN" or "TOKEN") Must(value.Length == 0 || TokenPattern.IsReversible(value), "a place mark is a token", sealedQuery);
            if (name is not "FILTER") continue;
            foreach (Match text in Quoted().Matches(Uri.UnescapeDataString(value)))
                Must(text.Groups[1].Length == 0 || TokenPattern.IsReversible(text.Groups[1].Value), "a text of a filter is a token", sealedQuery);
        }
    }

    // What comes back as a request must reach the source as the source wrote it.
    private static string CheckWayBack(string path, string query, string sealedPath, string sealedQuery)
    {
        if (path.Contains("p~", StringComparison.Ordinal) || query.Contains("p~", StringComparison.Ordinal)) return "holds tokens";

        // A quote inside of quotes that is not doubled is no OData, and comes back doubled.
        if (Uri.UnescapeDataString(path).Split('/').Any(segment => segment.Contains("('", StringComparison.Ordinal) && !Key().IsMatch(segment))) return "no OData";
        var host = Host().Match(path).Value;
        if (CanonicalUrl.TryRead("GET", path.AsSpan(host.Length), query, out var plain) != GateReason.Allowed) return "not to be asked for";
        if (CanonicalUrl.TryRead("GET", sealedPath.AsSpan(host.Length), sealedQuery, out var request) != GateReason.Allowed) return "too long";
        if (!ReverseTokens.TryReverse(request!, FuzzKey.Pseudonymizer, out var target)) return "no way back";
        Must(target == plain!.PathAndQuery, "a sealed link leads where the link led", $"{plain.PathAndQuery}, but {target}");
        return "back";
    }

    private static (string Path, string Query) Split(string link)
    {
        var mark = link.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (link, "") : (link[..mark], link[(mark + 1)..]);
    }

    [GeneratedRegex(@"^[a-z]+@[a-z]+\.[a-z]+$|(?<=^[a-z]+\(')[a-z]+@[a-z]+\.[a-z]+(?='\)$)", RegexOptions.CultureInvariant)]
    private static partial Regex PlainAddress();

    [GeneratedRegex("'((?:[^']|'')*)'", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[^'(]*\('(?:[^']|'')*'\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex("^https://[^/]*", RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}
