using System.Buffers;
using System.Text.Json;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>
/// Sanitizes one response as its bytes come in. What stays is copied verbatim but for white space; what goes is skipped. Only a token that is not whole
/// yet is held back — or a value that the rules must see whole. After a fault nothing more is written. Not thread-safe.
/// </summary>
public sealed class JsonSanitizer : IDisposable
{
    private const int MinCopy = 512;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private readonly SanitizerLimits _limits;
    private readonly OutputBuffer _output;
    private readonly TokenSanitizer _tokens;
    private readonly HeldBytes _held;
    private Utf8Validator _utf8;
    private JsonReaderState _state;
    private bool _markChecked;
    private int _lookAt;
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
        _limits = limits ?? SanitizerLimits.Default;
        _held = new HeldBytes(_limits.MaxBufferedBytes);
        _output = new OutputBuffer(output, Report);
        _tokens = new TokenSanitizer(plan, pseudonymizer, _output, Report, _limits, ndjson);
        _state = new JsonReaderState(new JsonReaderOptions { MaxDepth = _limits.MaxDepth, AllowMultipleValues = ndjson });
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
            Report.BytesIn += segment.Length;
            if (Report.BytesIn > _limits.MaxInputBytes) _status = SanitizeStatus.TooLarge;

            // Validated before anything of it can be written: the reader itself passes over the insides of strings.
            else if (!_utf8.Accept(segment.Span)) _status = SanitizeStatus.Malformed;
            else Take(segment.Span);
        }

        _output.Flush();
        return _status;
    }

    /// <summary>Ends the input.</summary>
    /// <returns><see cref="SanitizeStatus.Complete"/>, or the fault: a document that is not whole is malformed.</returns>
    public SanitizeStatus Complete()
    {
        if (_status != SanitizeStatus.NeedMore) return _status;
        if (!_utf8.IsWhole) return _status = SanitizeStatus.Malformed;
        SkipMark(final: true);
        Read(_held.Span, final: true);
        if (_status == SanitizeStatus.NeedMore) _status = _tokens.IsWhole ? SanitizeStatus.Complete : SanitizeStatus.Malformed;
        _output.Flush();
        return _status;
    }

    /// <summary>Gives the buffers back, cleared.</summary>
    public void Dispose()
    {
        _output.Dispose();
        _tokens.Dispose();
        _held.Dispose();
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (_status == SanitizeStatus.NeedMore && (_held.Length > 0 || !_markChecked))
        {
            if (bytes.IsEmpty) return;
            bytes = bytes[TakeHeld(bytes)..];
        }

        if (_status != SanitizeStatus.NeedMore || bytes.IsEmpty) return;
        var read = Read(bytes, final: false);
        Hold(bytes[read..]);
        LookAgainLater();
    }

    // Mostly a token is cut by the chunk's end: of the next chunk only what ends it is copied, the rest is read where it lies. Returns how much was taken.
    private int TakeHeld(ReadOnlySpan<byte> bytes)
    {
        var before = _held.Length;
        var more = Math.Min(bytes.Length, Math.Max(MinCopy, before / 2));
        Hold(bytes[..more]);
        if (_status != SanitizeStatus.NeedMore || !SkipMark(final: false) || _held.Length < _lookAt) return more;
        var read = Read(_held.Span, final: false);
        _held.Forget(read);
        if (_held.Length <= more)
        {
            more -= _held.Length;
            _held.Forget(_held.Length);
        }

        LookAgainLater();
        return more;
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        if (!_held.TryAppend(bytes)) _status = SanitizeStatus.TooLarge;
    }

    // A token that has not ended is read again when half as much more has come, or a long one would be read over and over.
    private void LookAgainLater() => _lookAt = _held.Length + (_held.Length / 2);

    private int Read(ReadOnlySpan<byte> bytes, bool final)
    {
        if (_status != SanitizeStatus.NeedMore) return 0;
        var reader = new Utf8JsonReader(bytes, final, _state);
        try
        {
            _status = _tokens.Read(ref reader, bytes);
        }
        catch (JsonException)
        {
            _status = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0) >= _limits.MaxDepth ? SanitizeStatus.TooDeep : SanitizeStatus.Malformed;
        }
        catch (Exception fault) when (SafeRegex.IsGivenUp(fault))
        {
            _status = SanitizeStatus.Timeout;
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    // RFC 8259 lets a reader ignore a byte order mark. False where it takes more bytes to tell.
    private bool SkipMark(bool final)
    {
        if (_markChecked) return true;
        var held = _held.Span;
        if (!final && held.Length < ByteOrderMark.Length && ByteOrderMark.StartsWith(held)) return false;
        _markChecked = true;
        if (held.StartsWith(ByteOrderMark)) _held.Forget(ByteOrderMark.Length);
        return true;
    }
}
