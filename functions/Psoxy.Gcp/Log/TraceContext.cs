using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Gcp.Log;

/// <summary>The trace that a request belongs to: numbers only. <c>default</c> is none.</summary>
internal readonly record struct TraceContext(ActivityTraceId TraceId, ActivitySpanId SpanId, bool IsSampled)
{
    private const int TraceLength = 32;
    private const int SpanLength = 16;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    public bool IsNone => TraceId == default;

    /// <summary>
    /// Of <c>traceparent</c> (W3C), else of <c>X-Cloud-Trace-Context</c>, which Cloud Run sets beside it. What is not one to the letter is not there: these are headers
    /// that a caller can write, and no more than the bits of an id may come through. <c>tracestate</c> and <c>baggage</c> are free text and never read.
    /// </summary>
    public static TraceContext Of(IHeaderDictionary headers)
    {
        if (headers.TryGetValue("traceparent", out var w3c) && w3c.Count == 1 && TryReadW3C(w3c[0], out var trace)) return trace;
        return headers.TryGetValue("X-Cloud-Trace-Context", out var cloud) && cloud.Count == 1 && TryReadCloud(cloud[0], out trace) ? trace : default;
    }

    // 00-<32 hex>-<16 hex>-<2 hex>. Of a later version the same fields come first (section 3.2.4 of the recommendation); there is none, so nothing longer is read.
    private static bool TryReadW3C(ReadOnlySpan<char> text, out TraceContext trace)
    {
        trace = default;
        if (text.Length != 55 || !text.StartsWith("00-") || text[35] != '-' || text[52] != '-' || text[53..].ContainsAnyExcept(Hex)) return false;
        return TryMake(text.Slice(3, TraceLength), text.Slice(36, SpanLength), (Convert.ToInt32(text[53..].ToString(), 16) & 1) == 1, out trace);
    }

    // <32 hex>/<span, decimal>;o=<0 or 1>, the last two of which may be missing.
    private static bool TryReadCloud(ReadOnlySpan<char> text, out TraceContext trace)
    {
        trace = default;
        var isSampled = text.EndsWith(";o=1");
        if (isSampled || text.EndsWith(";o=0")) text = text[..^4];
        if (text.Length < TraceLength) return false;
        var rest = text[TraceLength..];
        if (rest.IsEmpty) return TryMake(text, default, isSampled, out trace);
        Span<char> span = stackalloc char[SpanLength];
        return rest[0] == '/' && rest.Length <= 21 && ulong.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number.TryFormat(span, out _, "x16", CultureInfo.InvariantCulture)
            && TryMake(text[..TraceLength], number == 0 ? default : span, isSampled, out trace);
    }

    private static bool TryMake(ReadOnlySpan<char> traceId, ReadOnlySpan<char> spanId, bool isSampled, out TraceContext trace)
    {
        trace = default;
        if (traceId.ContainsAnyExcept(Hex) || !traceId.ContainsAnyExcept('0') || spanId.ContainsAnyExcept(Hex)) return false;
        if (!spanId.IsEmpty && !spanId.ContainsAnyExcept('0')) return false;
        trace = new(ActivityTraceId.CreateFromString(traceId), spanId.IsEmpty ? default : ActivitySpanId.CreateFromString(spanId), isSampled);
        return true;
    }
}
