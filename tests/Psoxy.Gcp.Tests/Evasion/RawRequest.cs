using System.Text;
using System.Text.Json;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>The bytes of a row in one of its spellings.</summary>
internal static class RawRequest
{
    public static byte[] Of(CorpusRow row, Spelling spelling, Places places)
    {
        var request = places.Fill(row.Request);
        var lines = row.Lines.Select(places.Fill).ToList();
        if (request == "RAW") return Bytes(string.Concat(lines));
        if (request.StartsWith("ENVELOPE ", StringComparison.Ordinal)) return Post(request["ENVELOPE ".Length..], lines, places);
        var blank = request.IndexOf(' ', StringComparison.Ordinal);
        var (method, target) = (request[..blank], request[(blank + 1)..]);
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, null) : (target[..question], target[(question + 1)..]);
        return spelling switch
        {
            Spelling.Direct => Bytes($"{method} {target} HTTP/1.1\r\n{Headers(lines, places)}\r\n"),
            Spelling.Headers => Bytes($"{method} / HTTP/1.1\r\n{Headers([.. lines, $"X-Psoxy-TargetPath: {path}", .. query is null ? [] : (string[])[$"X-Psoxy-TargetQuery: {query}"]], places)}\r\n"),
            _ => Post(JsonSerializer.Serialize(query is null ? new Dictionary<string, string> { ["method"] = method, ["path"] = path } : new() { ["method"] = method, ["path"] = path, ["query"] = query }), lines, places),
        };
    }

    private static byte[] Post(string json, List<string> lines, Places places)
    {
        var body = Bytes(json);
        if (!Has(lines, "Content-Type")) lines.Add("Content-Type: application/json");
        if (!Has(lines, "Content-Length") && !Has(lines, "Transfer-Encoding")) lines.Add($"Content-Length: {body.Length}");
        return [.. Bytes($"POST / HTTP/1.1\r\n{Headers(lines, places)}\r\n"), .. body];
    }

    private static string Headers(List<string> lines, Places places)
    {
        var text = new StringBuilder();
        if (!Has(lines, "Host")) text.Append($"Host: {places.Fill("{host}")}\r\n");
        foreach (var line in lines) text.Append(line).Append("\r\n");
        return text.ToString();
    }

    private static bool Has(List<string> lines, string name) => lines.Exists(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));

    // U+0080 to U+00FF stand for single bytes, which is what \xHH writes; all else is sent as UTF-8.
    public static byte[] Bytes(string text) => [.. text.EnumerateRunes().SelectMany(rune => rune.Value is >= 0x80 and <= 0xFF ? [(byte)rune.Value] : Encoding.UTF8.GetBytes(rune.ToString()))];
}
