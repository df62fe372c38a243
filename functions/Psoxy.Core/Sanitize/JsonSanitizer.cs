using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Dom;

namespace Psoxy.Core.Sanitize;

/// <summary>
/// Sanitizes one response as its bytes come in. What stays is copied verbatim but for white space; what goes is skipped. Only a token that is not whole
/// yet is held back — or the whole document, where the rules need it. After a fault nothing more is written. Not thread-safe.
/// </summary>
public sealed class JsonSanitizer : IDisposable
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly SanitizerPlan _plan;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly SanitizerLimits _limits;
    private readonly bool _ndjson;
    private readonly OutputBuffer _output;
    private readonly TokenSanitizer _tokens;
    private byte[] _held = [];
    private int _length;
    private int _validated;
    private bool _markChecked;
    private JsonReaderState _state;
    private SanitizeStatus _status = SanitizeStatus.NeedMore;

    /// <summary>Prepares for one response.</summary>
    /// <param name="plan">The endpoint's.</param>
    /// <param name="pseudonymizer">Lent.</param>
    /// <param name="output">Where sanitized bytes go; the caller flushes it.</param>
    /// <param name="limits">Bounds; the defaults if <c>null</c>.</param>
    /// <param name="ndjson">Whether the response is one JSON value per line.</param>
    public JsonSanitizer(SanitizerPlan plan, Pseudonymizer pseudonymizer, IBufferWriter<byte> output, SanitizerLimits? limits = null, bool ndjson = false)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(pseudonymizer);
        ArgumentNullException.ThrowIfNull(output);
        (_plan, _pseudonymizer, _limits, _ndjson) = (plan, pseudonymizer, limits ?? SanitizerLimits.Default, ndjson);
        _output = new OutputBuffer(output, Report);
        _tokens = new TokenSanitizer(plan.Root, pseudonymizer, _output, Report, _limits.MaxDepth, ndjson);
        _state = new JsonReaderState(new JsonReaderOptions { MaxDepth = _limits.MaxDepth + 2, AllowMultipleValues = ndjson });
    }

    /// <summary>What has happened so far.</summary>
    public SanitizeReport Report { get; } = new();

    /// <summary>Takes the next bytes, however they are cut.</summary>
    /// <param name="chunk">Not kept.</param>
    /// <returns><see cref="SanitizeStatus.NeedMore"/>, or the fault.</returns>
    public SanitizeStatus Write(ReadOnlySequence<byte> chunk)
    {
        foreach (var segment in chunk)
        {
            if (_status != SanitizeStatus.NeedMore) break;
            _status = Write(segment.Span);
        }

        _output.Flush();
        return _status;
    }

    /// <summary>Ends the input.</summary>
    /// <returns><see cref="SanitizeStatus.Complete"/>, or the fault: a document that is not whole is malformed.</returns>
    public SanitizeStatus Complete()
    {
        if (_status != SanitizeStatus.NeedMore) return _status;
        SkipMark(final: true);
        if (!Utf8.IsValid(_held.AsSpan(_validated, _length - _validated))) _status = SanitizeStatus.Malformed;
        else _status = _plan.NeedsDocument ? SanitizeHeldDocuments(final: true) : Read(final: true);
        _output.Flush();
        return _status;
    }

    /// <summary>Gives the buffers back, cleared.</summary>
    public void Dispose()
    {
        _output.Dispose();
        _tokens.Dispose();
        if (_held.Length > 0) ArrayPool<byte>.Shared.Return(_held, clearArray: true);
        (_held, _length) = ([], 0);
    }

    private SanitizeStatus Write(ReadOnlySpan<byte> bytes)
    {
        Report.BytesIn += bytes.Length;
        if (Report.BytesIn > _limits.MaxInputBytes || (long)_length + bytes.Length > _limits.MaxBufferedBytes) return SanitizeStatus.TooLarge;
        Hold(bytes);
        if (!SkipMark(final: false)) return SanitizeStatus.NeedMore;

        // Validated before anything of it can be written: the reader itself passes over the insides of strings.
        var whole = _length - Utf8Tail.Incomplete(_held.AsSpan(_validated, _length - _validated));
        if (!Utf8.IsValid(_held.AsSpan(_validated, whole - _validated))) return SanitizeStatus.Malformed;
        _validated = whole;
        if (!_plan.NeedsDocument) return Read(final: false);
        return _ndjson ? SanitizeHeldDocuments(final: false) : SanitizeStatus.NeedMore;
    }

    private SanitizeStatus Read(bool final)
    {
        var reader = new Utf8JsonReader(_held.AsSpan(0, _length), final, _state);
        SanitizeStatus status;
        try
        {
            status = _tokens.Read(ref reader, _held.AsSpan(0, _length));
        }
        catch (JsonException)
        {
            return SanitizeStatus.Malformed;
        }

        if (status != SanitizeStatus.NeedMore) return status;
        _state = reader.CurrentState;
        Forget((int)reader.BytesConsumed);
        if (!final) return SanitizeStatus.NeedMore;
        return _tokens.IsWhole ? SanitizeStatus.Complete : SanitizeStatus.Malformed;
    }

    // The whole input, or with NDJSON each line of it.
    private SanitizeStatus SanitizeHeldDocuments(bool final)
    {
        var any = false;
        while (true)
        {
            var held = _held.AsSpan(0, _length);
            var end = _ndjson ? held.IndexOf((byte)'\n') : -1;
            if (end < 0 && !final) return SanitizeStatus.NeedMore;
            var document = (end < 0 ? held : held[..end]).Trim(" \t\r\n"u8);
            if (!document.IsEmpty || !_ndjson)
            {
                var status = SanitizeDocument(document);
                if (status != SanitizeStatus.Complete) return status;
                any = true;
            }

            if (end < 0) return any || _ndjson ? SanitizeStatus.Complete : SanitizeStatus.Malformed;
            Forget(end + 1);
        }
    }

    private SanitizeStatus SanitizeDocument(ReadOnlySpan<byte> utf8)
    {
        if (DomReader.TryRead(utf8, _limits.MaxDepth) is not { } root) return DomReader.IsTooDeep(utf8, _limits.MaxDepth) ? SanitizeStatus.TooDeep : SanitizeStatus.Malformed;
        try
        {
            new DomSanitizer(_plan.Endpoint, _pseudonymizer, Report).Sanitize(root);
        }
        catch (Exception fault) when (SafeRegex.IsGivenUp(fault))
        {
            return SanitizeStatus.Timeout;
        }

        DomWriter.Write(root.Value, _output);
        if (_ndjson) _output.Write("\n"u8);
        return SanitizeStatus.Complete;
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _held.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + bytes.Length, Math.Min(_held.Length * 2, _limits.MaxBufferedBytes)));
            _held.AsSpan(0, _length).CopyTo(larger);
            if (_held.Length > 0) ArrayPool<byte>.Shared.Return(_held, clearArray: true);
            _held = larger;
        }

        bytes.CopyTo(_held.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Forget(int count)
    {
        _held.AsSpan(count, _length - count).CopyTo(_held);
        _length -= count;
        _validated = Math.Max(0, _validated - count);
    }

    // RFC 8259 lets a reader ignore a byte order mark.
    private bool SkipMark(bool final)
    {
        if (_markChecked) return true;
        var held = _held.AsSpan(0, _length);
        if (!final && held.Length < ByteOrderMark.Length && ByteOrderMark.StartsWith(held)) return false;
        _markChecked = true;
        if (held.StartsWith(ByteOrderMark)) Forget(ByteOrderMark.Length);
        return true;
    }
}
