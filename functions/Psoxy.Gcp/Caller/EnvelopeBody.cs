using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>The bytes of an envelope: JSON in UTF-8, as it is, and not long.</summary>
internal static class EnvelopeBody
{
    public const int MaxBytes = 16 * 1024;

    public static async Task<Attempt<byte[]>> ReadAsync(HttpRequest http)
    {
        if (!IsJson(http)) return ProxyFault.Invalid("An envelope is application/json, in UTF-8 if it says a charset, without other parameters.");
        if (http.Headers.ContentEncoding.Count > 0) return ProxyFault.Invalid("An envelope is not compressed.");
        var body = new byte[MaxBytes + 1];
        int length;
        try
        {
            length = await http.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException fault)
        {
            // The server has the same limit, and mostly notices first.
            return ProxyFault.Invalid(fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLong : "The body's framing is broken, or it comes too slowly.");
        }
        catch (IOException)
        {
            return ProxyFault.Invalid("The body broke off.");
        }

        return length > MaxBytes ? ProxyFault.Invalid(TooLong) : body[..length];
    }

    private const string TooLong = "An envelope has 16 KB at most.";

    private static bool IsJson(HttpRequest http) =>
        http.Headers.ContentType.Count == 1
        && MediaTypeHeaderValue.TryParse(http.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (type.Parameters.Count == 0
            || (type.Parameters.Count == 1 && HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)));
}
