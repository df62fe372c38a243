using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Dom;
using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Sanitize;

/// <summary>The pass over the tokens: follows the automaton and writes what stays, without white space.</summary>
internal sealed class TokenSanitizer(PlanState root, Pseudonymizer pseudonymizer, OutputBuffer output, SanitizeReport report, int maxDepth, bool ndjson) : IDisposable
{
    private const int MaxEscapedNameOnStack = 256;
    private readonly Frame[] _frames = new Frame[maxDepth];
    private readonly SourceRun _run = new(output);
    private readonly RecentPseudonyms _recent = new(pseudonymizer);
    private byte[] _name = ArrayPool<byte>.Shared.Rent(256);
    private int _nameStart;
    private int _nameLength;
    private PlanState? _memberState;
    private int _depth;
    private int _skipping;
    private bool _skipNext;
    private long _documents;

    /// <summary>Whether the input so far is whole: one document, or with NDJSON any number.</summary>
    public bool IsWhole => _depth == 0 && _skipping == 0 && (ndjson || _documents == 1);

    /// <summary>Takes the tokens that the reader has.</summary>
    /// <param name="reader">Over <paramref name="source"/>.</param>
    /// <param name="source">The bytes that are held; what stays is copied from them.</param>
    public SanitizeStatus Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        _run.Begin();
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= maxDepth) return SanitizeStatus.TooDeep;
                if (_skipping > 0) Skip(reader.TokenType);
                else Token(ref reader, source);
            }
        }
        finally
        {
            _run.Flush(source);
            KeepName(source);
        }

        return SanitizeStatus.NeedMore;
    }

    public void Dispose()
    {
        if (_name.Length > 0) ArrayPool<byte>.Shared.Return(_name, clearArray: true);
        _name = [];
        _recent.Clear();
    }

    private void Token(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        var at = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Name(ref reader, at);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Open(reader.TokenType == JsonTokenType.StartObject, at, source);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _depth--;
                _run.Copy(source, at, 1);
                EndOfValue(source);
                break;
            default:
                Scalar(ref reader, at, source);
                EndOfValue(source);
                break;
        }
    }

    private void Skip(JsonTokenType token)
    {
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray) _skipping++;
        else if (token is JsonTokenType.EndObject or JsonTokenType.EndArray && --_skipping == 0) EndOfValue(default);
    }

    // The name is not written before its value is known to stay. It goes out as it came in, escapes included.
    private void Name(ref Utf8JsonReader reader, int at)
    {
        ref var frame = ref _frames[_depth - 1];
        var isNew = true;
        _memberState = reader.ValueIsEscaped ? Escaped(frame.State, ref reader) : frame.State.Member(reader.ValueSpan, ref frame.Expected, out isNew);
        _skipNext = _memberState is null;
        if (_skipNext)
        {
            // Named once, by the first response that has it; counted always.
            if (isNew) report.CountUnknown(DomReader.Unescape(ref reader));
            else report.Dropped++;
            return;
        }

        (_nameStart, _nameLength) = (at, reader.ValueSpan.Length + 2);
    }

    // A name whose value has not come yet outlives the bytes that it stands in.
    private void KeepName(ReadOnlySpan<byte> source)
    {
        if (_nameStart < 0 || _nameLength == 0) return;
        if (_name.Length < _nameLength)
        {
            ArrayPool<byte>.Shared.Return(_name, clearArray: true);
            _name = ArrayPool<byte>.Shared.Rent(_nameLength);
        }

        source.Slice(_nameStart, _nameLength).CopyTo(_name);
        _nameStart = -1;
    }

    private static PlanState? Escaped(PlanState state, ref Utf8JsonReader reader)
    {
        var rented = reader.ValueSpan.Length > MaxEscapedNameOnStack ? new byte[reader.ValueSpan.Length] : null;
        Span<byte> name = rented ?? stackalloc byte[MaxEscapedNameOnStack];
        try
        {
            return state.Member(name[..reader.CopyString(name)]);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no rule can name it.
            return state.Other;
        }
    }

    private void Open(bool isObject, int at, ReadOnlySpan<byte> source)
    {
        if (TakeSkip() || State() is not { } state)
        {
            report.Dropped += _depth > 0 && !_frames[_depth - 1].IsObject ? 1 : 0;
            _skipping = 1;
            return;
        }

        var fate = Fate(state, isObject);
        if (fate == ValueAction.Keep)
        {
            Begin(source, at);
            _run.Copy(source, at, 1);
            _frames[_depth++] = new Frame(state, isObject);
            return;
        }

        report.Dropped++;
        if (fate == ValueAction.Null) WriteNull(source, at);
        _skipping = 1;
    }

    // Schema first, then the transforms in order: most of them can only null what is not a string.
    private ValueAction Fate(PlanState state, bool isObject)
    {
        var fate = ValueAction.Keep;
        if (state.HasSchema && state.Schema?.Type != (isObject ? SchemaType.Object : SchemaType.Array))
        {
            if (_depth > 0 && !_frames[_depth - 1].IsObject) return ValueAction.Remove;
            fate = ValueAction.Null;
        }

        foreach (var operation in state.Operations)
        {
            if (operation is Redact) return ValueAction.Remove;
            report.Warnings += fate == ValueAction.Keep ? 1 : 0;
            if (operation is Pseudonymize && fate == ValueAction.Keep) return ValueAction.Remove;
            fate = ValueAction.Null;
        }

        return fate;
    }

    private void Scalar(ref Utf8JsonReader reader, int at, ReadOnlySpan<byte> source)
    {
        if (TakeSkip() || State() is not { } state)
        {
            report.Dropped += _depth > 0 && !_frames[_depth - 1].IsObject ? 1 : 0;
            return;
        }

        var isNull = reader.TokenType == JsonTokenType.Null;
        if (state.Operations.IsEmpty && (isNull || !state.HasSchema || DomSchema.Allows(state.Schema!.Type, reader.TokenType, reader.ValueSpan)))
        {
            Verbatim(ref reader, at, source);
            return;
        }

        if (!isNull && state.HasSchema && !DomSchema.Allows(state.Schema!.Type, reader.TokenType, reader.ValueSpan))
        {
            report.Dropped++;
            if (_depth > 0 && !_frames[_depth - 1].IsObject) return;
            if (!state.Operations.Any(operation => operation is Redact)) WriteNull(source, at);
            return;
        }

        if (isNull) Nulls(state, at, source);
        else if (state.Operations is [Pseudonymize only] && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && !IsBlank(reader.ValueSpan))
        {
            report.Changed++;
            Begin(source, at);
            _run.Write(source, _recent.Get(reader.ValueSpan, only));
        }
        else Transform(state, ref reader, at, source);
    }

    private void Nulls(PlanState state, int at, ReadOnlySpan<byte> source)
    {
        if (state.Operations.Any(operation => operation is Redact)) report.Dropped++;
        else WriteNull(source, at);
    }

    private void Transform(PlanState state, ref Utf8JsonReader reader, int at, ReadOnlySpan<byte> source)
    {
        var value = reader.TokenType switch
        {
            JsonTokenType.String => new JsonScalar(ScalarKind.String, DomReader.Unescape(ref reader)),
            JsonTokenType.Number => new JsonScalar(ScalarKind.Number, Encoding.UTF8.GetString(reader.ValueSpan)),
            _ => new JsonScalar(ScalarKind.Boolean, ""),
        };
        var replaced = false;
        foreach (var operation in state.Operations)
        {
            var outcome = ScalarTransforms.Apply(operation, value, pseudonymizer);
            report.Warnings += outcome.Warning ? 1 : 0;
            if (outcome.Action == ValueAction.Remove)
            {
                report.Dropped++;
                return;
            }

            if (outcome.Action == ValueAction.Keep) continue;
            replaced = true;
            value = outcome.Action == ValueAction.Null ? JsonScalar.Null : new JsonScalar(ScalarKind.String, outcome.Text);
        }

        if (!replaced)
        {
            Verbatim(ref reader, at, source);
            return;
        }

        report.Changed++;
        if (value.Kind == ScalarKind.Null) WriteNull(source, at);
        else
        {
            Begin(source, at);
            _run.Write(source, PseudonymJson.Quote(value.Text!));
        }
    }

    private void Verbatim(ref Utf8JsonReader reader, int at, ReadOnlySpan<byte> source)
    {
        Begin(source, at);
        _run.Copy(source, at, reader.ValueSpan.Length + (reader.TokenType == JsonTokenType.String ? 2 : 0));
    }

    private void WriteNull(ReadOnlySpan<byte> source, int at)
    {
        Begin(source, at);
        _run.Write(source, "null"u8);
    }

    /// <summary>The comma and the name that go before a value which stays.</summary>
    private void Begin(ReadOnlySpan<byte> source, int at)
    {
        if (_depth == 0) return;
        ref var frame = ref _frames[_depth - 1];
        var comma = frame.HasMembers;
        frame.HasMembers = true;
        if (!frame.IsObject)
        {
            if (comma) _run.Take(source, at - 1, (byte)',');
            return;
        }

        if (_nameStart < 0)
        {
            if (comma) _run.Write(source, ","u8);
            _run.Write(source, _name.AsSpan(0, _nameLength));
            _run.Write(source, ":"u8);
        }
        else
        {
            // In a source without white space the comma and the colon stand right there, and the run goes on over them.
            if (comma) _run.Take(source, _nameStart - 1, (byte)',');
            _run.Copy(source, _nameStart, _nameLength);
            _run.Take(source, _nameStart + _nameLength, (byte)':');
        }

        (_nameStart, _nameLength) = (0, 0);
    }

    private PlanState? State()
    {
        if (_depth == 0) return root;
        ref readonly var frame = ref _frames[_depth - 1];
        return frame.IsObject ? _memberState : frame.State.Element;
    }

    private bool TakeSkip()
    {
        var skip = _skipNext;
        _skipNext = false;
        return skip;
    }

    private void EndOfValue(ReadOnlySpan<byte> source)
    {
        Debug.Assert(_skipping == 0, "a value ends where nothing is skipped");
        if (_depth > 0) return;
        _documents++;
        if (ndjson) _run.Write(source, "\n"u8);
    }

    // White space as Java's isBlank has it, cheaply: most values begin with a letter.
    private static bool IsBlank(ReadOnlySpan<byte> utf8) => utf8.IsEmpty || (utf8[0] is <= 0x20 or >= 0x80 && string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(utf8)));

    private struct Frame(PlanState state, bool isObject)
    {
        public readonly PlanState State = state;
        public readonly bool IsObject = isObject;
        public bool HasMembers;
        public int Expected;
    }
}
