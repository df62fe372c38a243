using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Psoxy.Gcp.Replies;

/// <summary>What is safe to know of an error of Graph's: its code, ids and time.</summary>
internal sealed record SourceError(string Code, string? RequestId, string? ClientRequestId, string? Date)
{
    private const int MaxCode = 64;

    // Room for a status or an HRESULT; none for a phone number or an id.
    private const int MaxDigits = 8;
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads an error body; whatever it is, something can be said.</summary>
    public static SourceError Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("error", out var error) || error.ValueKind != JsonValueKind.Object) return Unreadable;
            var code = Text(error, "code");
            var inner = error.EnumerateObject().FirstOrDefault(member => member.Name.Equals("innerError", StringComparison.OrdinalIgnoreCase)).Value;
            return new(
                IsCode(code) ? code : "unknownError",
                Id(inner, "request-id"),
                Id(inner, "client-request-id"),
                DateTime.TryParse(Text(inner, "date"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date) ? date.ToString("s", CultureInfo.InvariantCulture) : null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The latter of a text that is not UTF-8, or holds half a surrogate pair.
            return Unreadable;
        }
    }

    /// <summary>Whether a 403 says that the token lacks a role, which a token made after consent has.</summary>
    public bool IsMissingRole => Code is "Authorization_RequestDenied" or "ErrorAccessDenied" or "accessDenied" or "Forbidden";

    /// <summary>Our own words for the code.</summary>
    public string Explanation => Code switch
    {
        "Authorization_RequestDenied" or "ErrorAccessDenied" or "accessDenied" or "Forbidden" => "Graph refuses: the connector's Entra application lacks a permission or its admin consent, or a policy forbids it.",
        "InvalidAuthenticationToken" => "Graph does not accept the function's token: wrong tenant, cloud or audience.",
        "Request_ResourceNotFound" or "itemNotFound" or "ErrorItemNotFound" or "ResourceNotFound" => "There is no such resource.",
        "MailboxNotEnabledForRESTAPI" or "ErrorInvalidUser" => "The user has no mailbox that Graph can read.",
        "TooManyRequests" or "activityLimitReached" or "ApplicationThrottled" => "Graph throttles: try again after the time that Retry-After says.",
        "syncStateNotFound" or "resyncRequired" => "The delta token is too old: start the delta afresh.",
        "serviceNotAvailable" or "ServiceUnavailable" => "Graph is not available: try again later.",
        _ => "Graph answered with this error; its own text is not passed on, since it may name people.",
    };

    // One word, as codes are: no dot, no @, no blank, so that no name with a surname and no address can pass for one.
    private static bool IsCode([NotNullWhen(true)] string? code) =>
        code is { Length: > 0 and <= MaxCode } && char.IsAsciiLetter(code[0]) && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && code.Count(char.IsAsciiDigit) <= MaxDigits;

    private static SourceError Unreadable { get; } = new("unknownError", null, null, null);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Id(JsonElement inner, string name) => Guid.TryParse(Text(inner, name), out var id) ? id.ToString("D") : null;
}
