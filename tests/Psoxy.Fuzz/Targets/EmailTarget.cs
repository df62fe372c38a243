using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Values;
using Psoxy.Fuzz.Engine;

namespace Psoxy.Fuzz.Targets;

/// <summary>Mailboxes and address lists, and what <c>pseudonymizeEmailHeader</c> makes of them.</summary>
internal sealed partial class EmailTarget : FuzzTarget
{
    private const string DisplayName = "Zanzibar";
    private static readonly ImmutableArray<JsonPath> Nowhere = [];
    private static readonly PseudonymizeEmailHeader Tokens = new() { JsonPaths = Nowhere };
    private static readonly PseudonymizeEmailHeader Json = new() { JsonPaths = Nowhere, Encoding = PseudonymEncoding.Json };
    private static readonly string[] Mailboxes =
    [
        "alice@contoso.com", "Alice+tag@Contoso.COM", "<bob@contoso.com>", "Zanzibar <bob@contoso.com>", "\"Zanzibar, B.\" <b.o.b@contoso.com>",
        "\"o\\\"x (y)\"@contoso.com", "Zanzibar: alice@contoso.com, bob@contoso.com;", "a@[10.0.0.1]", "(Zanzibar) alice (x) @ contoso . com", "\"\"@contoso.com",
        "J. Zanzibar <j@contoso.com>", "\u00fc@\u00fc.example", "Zanzibar", "a.b@c", "=?utf-8?q?Zanzibar?= <q@contoso.com>",
    ];

    public override string Name => "email";

    public override IReadOnlyList<byte[]> Words { get; } = [.. Texts.Words(Mailboxes), .. Texts.Words("@", "<", ">", ",", ";", ":", "\"", "\\", "\\\"", "(", ")",
        "((", "[", "]", ".", "+", " ", "\t", "\r\n ", "\0", "Zanzibar", "Zanzibar@", "@Zanzibar", "\u0130", "\u00df", "\u00a0", "\u2028", "\U0001F600", "a@b",
        "a@b,", "<a@b>", "\"@\"", "..")];

    public override byte[] Generate(Random random)
    {
        var mailboxes = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Mailboxes[random.Next(Mailboxes.Length)]);
        return Encoding.UTF8.GetBytes(string.Join(random.Next(3) == 0 ? "," : ", ", mailboxes));
    }

    public override string Run(ReadOnlyMemory<byte> input)
    {
        var text = Encoding.UTF8.GetString(input.Span);
        var one = EmailAddress.TryParse(text, out var address);
        if (one) CheckCanonical(address);
        var list = AddressList.TryParse(text, out var addresses);
        Must(!one || (list && addresses.Count == 1 && addresses[0] == address), "a mailbox is a list of one", text);
        Must(!list || addresses.Count > 0, "a list is not empty");
        if (list) foreach (var each in addresses) CheckCanonical(each);
        CheckHeader(text, list, addresses, EmailHeader.Pseudonymize(Tokens, text, FuzzKey.Pseudonymizer), EmailHeader.Pseudonymize(Json, text, FuzzKey.Pseudonymizer));
        CheckPseudonym(text, one, address);
        return $"{(one ? "mailbox" : list ? "list" : "neither")} {(list ? Texts.Bucket(addresses.Count) : 0)} {Shape(one ? address.Local : "")} {Shape(one ? address.Domain : "")} "
            + string.Concat("\"(<:".Where(text.Contains));
    }

    private static string Shape(string part) => $"{(part.All(char.IsAsciiLetterOrDigit) ? "plain" : part.Any(c => c > 127) ? "wide" : "odd")}{Math.Min(part.Length, 3)}";

    private static void CheckCanonical(EmailAddress address)
    {
        foreach (var rule in (EmailCanonicalization[])[EmailCanonicalization.Strict, EmailCanonicalization.IgnoreDots])
        {
            var canonical = address.Canonical(rule);
            var quoted = Written(address with { Local = canonical[..^(address.Domain.Length + 1)] });
            var stable = (EmailAddress.TryParse(canonical, out var again) && again.Canonical(rule) == canonical)
                || (EmailAddress.TryParse(quoted, out again) && again.Canonical(rule) == canonical)
                || quoted.Length > EmailAddress.MaxLength;
            Must(stable, "a canonical form is its own", canonical);
        }
    }

    private static void CheckHeader(string text, bool list, List<EmailAddress> addresses, ValueOutcome tokens, ValueOutcome json)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Must(tokens is { Action: ValueAction.Replace, Text: "" }, "blank stays blank");
            return;
        }

        if (!list)
        {
            Must(tokens.Action == ValueAction.Null && json.Action == ValueAction.Null, "what is no list becomes null", tokens.Text ?? "");
            return;
        }

        var count = Token().Count(tokens.Text ?? "");
        Must(tokens.Action == ValueAction.Replace && (count == addresses.Count || text.Contains("t~", StringComparison.Ordinal)), "a token for each address", tokens.Text ?? "");
        Must(json.Text is not null && IsArray(json.Text, addresses.Count), "a JSON text of a pseudonym for each address", json.Text ?? "");

        // What a list becomes is what its members become, so the words around them cannot matter.
        var longer = EmailHeader.Pseudonymize(Tokens, text + ",x@y.z", FuzzKey.Pseudonymizer);
        var alone = string.Join(',', addresses.Select(address => EmailHeader.Pseudonymize(Tokens, $"Other <{Written(address)}>", FuzzKey.Pseudonymizer).Text));
        Must(longer.Text == $"{tokens.Text},{EmailHeader.Pseudonymize(Tokens, "x@y.z", FuzzKey.Pseudonymizer).Text}", "a list goes on as it began", longer.Text ?? "");
        Must(tokens.Text == alone, "a list becomes what its members become", $"{tokens.Text}, but {alone}");

        // A name may stand in a domain, which stays; told by a rule of thumb and not by the parser: comments in a domain are beyond it.
        if (InDomain().IsMatch(text)) return;
        foreach (var output in (string[])[tokens.Text!, json.Text!])
            Must(!output.Contains(DisplayName, StringComparison.OrdinalIgnoreCase), "a display name does not survive", output);
    }

    private static void CheckPseudonym(string text, bool one, EmailAddress address)
    {
        var token = FuzzKey.Pseudonymizer.Pseudonymize(text, PseudonymEncoding.UrlSafeToken);
        Must(one && address.Host is { } host ? token.EndsWith("@" + host, StringComparison.Ordinal) : Token().Match(token).Length == token.Length,
            "a pseudonym is a hash and at most a domain", token);
        if (!InDomain().IsMatch(text)) Must(!token.Contains(DisplayName, StringComparison.OrdinalIgnoreCase), "a display name is not in a pseudonym", token);
    }

    private static string Written(EmailAddress address)
        => $"\"{address.Local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"@{address.Domain}";

    private static bool IsArray(string json, int count)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array && document.RootElement.GetArrayLength() == count;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex("t~[A-Za-z0-9_-]{43}", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"@[^<>,;:""]*(Zanzibar|\()|\[[^\]]*Zanzibar", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex InDomain();
}
