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
    private byte[] _name = ArrayPool<byte>.Shared.Rent(256);
    private int _nameLength;
    private PlanState? _memberState;
    private int _depth;
    private int _skipping;
    private bool _skipNext;
    private long _documents;

    /// <summary>Whether the input so far is whole: one document, or with NDJSON any number.</summary>
    public bool IsWhole => _depth == 0 && _skipping == 0 && (ndjson || _documents == 1);

    /// <summary>Takes the tokens that the reader has.</summary>
    public SanitizeStatus Read(ref Utf8JsonReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= maxDepth) return SanitizeStatus.TooDeep;
            if (_skipping > 0) Skip(reader.TokenType);
            else Token(ref reader);
        }

        return SanitizeStatus.NeedMore;
    }

    public void Dispose()
    {
        if (_name.Length > 0) ArrayPool<byte>.Shared.Return(_name, clearArray: true);
        _name = [];
    }

    private void Token(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Name(ref reader);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Open(reader.TokenType == JsonTokenType.StartObject);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                output.Write(_frames[--_depth].IsObject ? (byte)'}' : (byte)']');
                EndOfValue();
                break;
            default:
                Scalar(ref reader);
                EndOfValue();
                break;
        }
    }

    private void Skip(JsonTokenType token)
    {
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray) _skipping++;
        else if (token is JsonTokenType.EndObject or JsonTokenType.EndArray && --_skipping == 0) EndOfValue();
    }

    private void Name(ref Utf8JsonReader reader)
    {
        var state = _frames[_depth - 1].State;
        _memberState = reader.ValueIsEscaped ? Escaped(state, ref reader) : state.Member(reader.ValueSpan);
        if (_memberState is null)
        {
            report.CountUnknown(DomReader.Unescape(ref reader));
            _skipNext = true;
            return;
        }

        // Held until the value is known to stay. The name goes out as it came in, escapes included.
        var raw = reader.ValueSpan;
        if (_name.Length < raw.Length + 3)
        {
            ArrayPool<byte>.Shared.Return(_name, clearArray: true);
            _name = ArrayPool<byte>.Shared.Rent(raw.Length + 3);
        }

        _name[0] = (byte)'"';
        raw.CopyTo(_name.AsSpan(1));
        _name[raw.Length + 1] = (byte)'"';
        _name[raw.Length + 2] = (byte)':';
        _nameLength = raw.Length + 3;
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

    private void Open(bool isObject)
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
            Begin();
            output.Write(isObject ? (byte)'{' : (byte)'[');
            _frames[_depth++] = new Frame(state, isObject);
            return;
        }

        report.Dropped++;
        if (fate == ValueAction.Null) WriteNull();
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

    private void Scalar(ref Utf8JsonReader reader)
    {
        if (TakeSkip() || State() is not { } state)
        {
            report.Dropped += _depth > 0 && !_frames[_depth - 1].IsObject ? 1 : 0;
            return;
        }

        var isNull = reader.TokenType == JsonTokenType.Null;
        if (!isNull && state.HasSchema && !DomSchema.Allows(state.Schema!.Type, reader.TokenType, reader.ValueSpan))
        {
            report.Dropped++;
            if (_depth > 0 && !_frames[_depth - 1].IsObject) return;
            if (!state.Operations.Any(operation => operation is Redact)) WriteNull();
            return;
        }

        if (state.Operations.IsEmpty) Verbatim(ref reader);
        else if (isNull) Nulls(state);
        else if (state.Operations is [Pseudonymize only] && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && !IsBlank(reader.ValueSpan))
        {
            report.Changed++;
            Begin();
            output.Write(pseudonymizer.PseudonymizeToJson(reader.ValueSpan, only.Encoding, only.IncludeOriginal, only.IncludeReversible).Span);
        }
        else Transform(state, ref reader);
    }

    private void Nulls(PlanState state)
    {
        if (state.Operations.Any(operation => operation is Redact)) report.Dropped++;
        else WriteNull();
    }

    private void Transform(PlanState state, ref Utf8JsonReader reader)
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
            Verbatim(ref reader);
            return;
        }

        report.Changed++;
        if (value.Kind == ScalarKind.Null) WriteNull();
        else
        {
            Begin();
            output.Write(PseudonymJson.Quote(value.Text!));
        }
    }

    private void Verbatim(ref Utf8JsonReader reader)
    {
        Begin();
        if (reader.TokenType != JsonTokenType.String)
        {
            output.Write(reader.ValueSpan);
            return;
        }

        output.Write((byte)'"');
        output.Write(reader.ValueSpan);
        output.Write((byte)'"');
    }

    private void WriteNull()
    {
        Begin();
        output.Write("null"u8);
    }

    /// <summary>The comma and the name that go before a value which stays.</summary>
    private void Begin()
    {
        if (_depth == 0) return;
        ref var frame = ref _frames[_depth - 1];
        if (frame.HasMembers) output.Write((byte)',');
        frame.HasMembers = true;
        if (frame.IsObject) output.Write(_name.AsSpan(0, _nameLength));
    }

    private PlanState? State()
    {
        if (_depth == 0) return root;
        var frame = _frames[_depth - 1];
        return frame.IsObject ? _memberState : frame.State.Element;
    }

    private bool TakeSkip()
    {
        var skip = _skipNext;
        _skipNext = false;
        return skip;
    }

    private void EndOfValue()
    {
        Debug.Assert(_skipping == 0, "a value ends where nothing is skipped");
        if (_depth > 0) return;
        _documents++;
        if (ndjson) output.Write((byte)'\n');
    }

    // White space as Java's isBlank has it, cheaply: most values begin with a letter.
    private static bool IsBlank(ReadOnlySpan<byte> utf8) => utf8.IsEmpty || (utf8[0] is <= 0x20 or >= 0x80 && string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(utf8)));

    private struct Frame(PlanState state, bool isObject)
    {
        public readonly PlanState State = state;
        public readonly bool IsObject = isObject;
        public bool HasMembers;
    }
}
