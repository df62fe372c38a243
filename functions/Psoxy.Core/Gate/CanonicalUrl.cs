using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace Psoxy.Core.Gate;

/// <summary>
/// Reads a raw request target into the one form on which rules are matched and which is sent on. Everything is decoded exactly once; whatever two
/// readers could understand differently is refused.
/// </summary>
internal static class CanonicalUrl
{
    internal const int MaxPath = 4096;
    internal const int MaxQuery = 8192;
    internal const int MaxSegments = 64;
    internal const int MaxParameters = 64;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> ForbiddenInPath = SearchValues.Create("/\\?#;");
    private static readonly SearchValues<char> ForbiddenInName = SearchValues.Create("&#?;/\\ ");

    // Words of nearly every request: not made anew each time.
    private static readonly FrozenSet<string> Common = FrozenSet.ToFrozenSet(
        ["v1.0", "beta", "users", "groups", "members", "messages", "mailFolders", "SentItems", "mailboxSettings", "events", "chats", "teams", "$top", "$select", "$filter", "$count", "$orderby", "$skip", "$skiptoken", "$expand"],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CommonLookup = Common.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The canonical request, or why there is none.</summary>
    public static GateReason TryRead(string method, ReadOnlySpan<char> rawPath, ReadOnlySpan<char> rawQuery, out CanonicalRequest? request)
    {
        request = null;
        if (rawPath.Length is 0 or > MaxPath || rawPath[0] != '/' || rawPath.Length == 1) return GateReason.MalformedPath;
        if (rawQuery.Length > MaxQuery) return GateReason.MalformedQuery;
        if (!TryReadSegments(rawPath[1..], out var segments)) return GateReason.MalformedPath;
        if (!TryReadParameters(rawQuery, out var parameters)) return GateReason.MalformedQuery;
        request = new CanonicalRequest(method, PathOf(rawPath, segments), QueryOf(rawQuery, parameters), segments, parameters);
        return GateReason.Allowed;
    }

    /// <summary>The path of decoded segments.</summary>
    private static string PathOf(ReadOnlySpan<char> rawPath, ImmutableArray<string> segments)
    {
        // Mostly the caller's spelling is canonical already.
        if (rawPath[1..].IndexOf('%') < 0 && IsLiteralPath(segments)) return rawPath.ToString();
        var path = new StringBuilder(rawPath.Length + 16);
        foreach (var segment in segments) CanonicalEncoding.Append(path.Append('/'), segment);
        return path.ToString();
    }

    private static bool IsLiteralPath(ImmutableArray<string> segments)
    {
        foreach (var segment in segments)
            if (!CanonicalEncoding.IsLiteral(segment)) return false;
        return true;
    }

    private static string QueryOf(ReadOnlySpan<char> raw, ImmutableArray<QueryParameter> parameters)
    {
        if (parameters.IsEmpty) return "";
        if (IsCanonical(raw, parameters)) return raw.ToString();
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (query.Length > 0) query.Append('&');

            // A '=' inside a name would end it when it is read again.
            query.Append(CanonicalEncoding.Encode(name).Replace("=", "%3D", StringComparison.Ordinal)).Append('=');
            CanonicalEncoding.Append(query, value);
        }

        return query.ToString();
    }

    // Mostly the caller's spelling is canonical already: nothing encoded, a '=' in each pair, none of them empty.
    private static bool IsCanonical(ReadOnlySpan<char> raw, ImmutableArray<QueryParameter> parameters)
    {
        if (raw.ContainsAny('%', '+')) return false;

        // An empty pair would make up for a missing '=' in the count below.
        if (raw[0] == '&' || raw[^1] == '&' || raw.IndexOf("&&", StringComparison.Ordinal) >= 0) return false;
        var length = parameters.Length - 1;
        foreach (var (name, value) in parameters)
        {
            if (!CanonicalEncoding.IsLiteral(name) || !CanonicalEncoding.IsLiteral(value)) return false;
            length += name.Length + 1 + value.Length;
        }

        return length == raw.Length;
    }

    private static bool TryReadSegments(ReadOnlySpan<char> raw, out ImmutableArray<string> segments)
    {
        segments = [];
        var read = ImmutableArray.CreateBuilder<string>(Math.Min(raw.Count('/') + 1, MaxSegments));
        foreach (var range in raw.Split('/'))
        {
            if (read.Count == MaxSegments || !TryDecode(raw[range], plusIsBlank: false, out var segment)) return false;
            if (segment.Length == 0 || segment is "." or ".." || segment.AsSpan().ContainsAny(ForbiddenInPath) || HoldsEscape(segment)) return false;
            read.Add(segment);
        }

        segments = read.DrainToImmutable();
        return true;
    }

    private static bool TryReadParameters(ReadOnlySpan<char> raw, out ImmutableArray<QueryParameter> parameters)
    {
        parameters = [];
        if (raw.IsEmpty) return true;
        var read = ImmutableArray.CreateBuilder<QueryParameter>(Math.Min(raw.Count('&') + 1, MaxParameters));
        foreach (var range in raw.Split('&'))
        {
            var pair = raw[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            var rawName = equals < 0 ? pair : pair[..equals];
            var rawValue = equals < 0 ? default : pair[(equals + 1)..];
            if (read.Count == MaxParameters || !TryDecode(rawName, plusIsBlank: true, out var name) || !TryDecode(rawValue, plusIsBlank: true, out var value)) return false;
            if (name.Length == 0 || name.AsSpan().ContainsAny(ForbiddenInName) || HoldsEscape(name) || HoldsEscape(value)) return false;
            read.Add(new(name, value));
        }

        parameters = read.DrainToImmutable();
        return true;
    }

    // OData's hosts read '+' in a query as a blank, so we do too, and send %20.
    private static bool TryDecode(ReadOnlySpan<char> raw, bool plusIsBlank, out string text)
    {
        text = "";
        if (!raw.ContainsAny('%', '+') && !HoldsControlOrUnsafe(raw))
        {
            text = CommonLookup.TryGetValue(raw, out var common) ? common : raw.ToString();
            return true;
        }

        var octets = new byte[Strict.GetMaxByteCount(raw.Length)];
        var length = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            var c = raw[at];
            if (c == '%')
            {
                if (at + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[at + 1]) || !char.IsAsciiHexDigit(raw[at + 2])) return false;
                octets[length++] = (byte)((Convert.ToInt32(raw[at + 1].ToString(), 16) * 16) + Convert.ToInt32(raw[at + 2].ToString(), 16));
                at += 2;
            }
            else if (c == '+' && plusIsBlank) octets[length++] = (byte)' ';
            else if (c > 127 || char.IsControl(c) || c == ' ') return false; // a raw target is printable ASCII (RFC 9112)
            else octets[length++] = (byte)c;
        }

        try
        {
            text = Strict.GetString(octets, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        return !text.AsSpan().ContainsAnyInRange('\0', '\x1F') && !text.AsSpan().ContainsAnyInRange('\x7F', '\x9F');
    }

    private static bool HoldsControlOrUnsafe(ReadOnlySpan<char> raw) => raw.ContainsAnyExceptInRange('!', '~');

    // What still looks like an escape after decoding would be decoded again by a reader that decodes twice.
    internal static bool HoldsEscape(string decoded)
    {
        for (var at = decoded.IndexOf('%', StringComparison.Ordinal); at >= 0; at = decoded.IndexOf('%', at + 1))
            if (at + 2 < decoded.Length && char.IsAsciiHexDigit(decoded[at + 1]) && char.IsAsciiHexDigit(decoded[at + 2])) return true;
        return false;
    }
}
