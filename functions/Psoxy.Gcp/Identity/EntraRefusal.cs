using System.Globalization;
using System.Text;
using System.Text.Json;
using Psoxy.Core.Entra;

namespace Psoxy.Gcp.Identity;

/// <summary>What is taken from an error of Entra's: numbers, ids and a time. Its text names tenants, applications and people, and is not kept.</summary>
/// <param name="Codes">The numbers after AADSTS, the most telling first.</param>
/// <param name="TraceId">By it Microsoft's support finds the request.</param>
/// <param name="CorrelationId">By it the tenant's sign-in logs find the request.</param>
/// <param name="Timestamp">When.</param>
internal sealed record EntraRefusal(IReadOnlyList<int> Codes, string? TraceId, string? CorrelationId, string? Timestamp)
{
    private const string Marker = "AADSTS";
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss'Z'";
    private const int MostCodes = 8;

    /// <summary>Nothing could be taken.</summary>
    public static EntraRefusal None { get; } = new([], null, null, null);

    /// <summary>The first code, or <c>null</c>.</summary>
    public int? Code => Codes.Count > 0 ? Codes[0] : null;

    /// <summary>The first code that we can explain, or <c>null</c>.</summary>
    public EntraError? Error => Codes.Select(EntraErrorCatalog.Find).FirstOrDefault(error => error is not null);

    /// <summary>Reads the body of an answer, whatever it is.</summary>
    public static EntraRefusal Read(string? body)
    {
        try
        {
            using var document = JsonDocument.Parse(body ?? "");
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : None;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    /// <summary>Where to look the request up; empty where nothing is known.</summary>
    public string Whereabouts()
    {
        var text = new StringBuilder();
        if (TraceId is not null) text.Append(" Trace id ").Append(TraceId).Append('.');
        if (CorrelationId is not null) text.Append(" Correlation id ").Append(CorrelationId).Append('.');
        if (Timestamp is not null) text.Append(" At ").Append(Timestamp).Append('.');
        return text.ToString();
    }

    private static EntraRefusal Read(JsonElement root) => new(
        Listed(root) is { Count: > 0 } codes ? codes : CodesIn(Text(root, "error_description")),
        Id(root, "trace_id"),
        Id(root, "correlation_id"),
        DateTime.TryParseExact(Text(root, "timestamp"), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time.ToString(TimeFormat, CultureInfo.InvariantCulture)
            : null);

    private static List<int> Listed(JsonElement root) =>
        root.TryGetProperty("error_codes", out var codes) && codes.ValueKind == JsonValueKind.Array
            ? [.. codes.EnumerateArray().Where(code => code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) && number > 0).Select(code => code.GetInt32()).Take(MostCodes)]
            : [];

    // Some answers have the code in their text only.
    private static List<int> CodesIn(string? text)
    {
        var codes = new List<int>();
        for (var at = Next(text, 0); at >= 0 && codes.Count < MostCodes; at = Next(text, at))
        {
            var digits = text.AsSpan(at += Marker.Length);
            var length = digits.IndexOfAnyExceptInRange('0', '9');
            if (int.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code > 0) codes.Add(code);
        }

        return codes;
    }

    private static int Next(string? text, int from) => text?.IndexOf(Marker, from, StringComparison.Ordinal) ?? -1;

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Id(JsonElement root, string name) => Guid.TryParseExact(Text(root, name), "D", out var id) ? id.ToString("D") : null;
}
