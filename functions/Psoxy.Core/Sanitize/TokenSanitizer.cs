using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize.Dom;
using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Sanitize;

/// <summary>The pass over the tokens: follows the automaton and writes what stays, without white space.</summary>
internal sealed class TokenSanitizer(SanitizerPlan plan, Pseudonymizer pseudonymizer, OutputBuffer output, SanitizeReport report, SanitizerLimits limits, bool ndjson) : IDisposable
{
    private const int MaxEscapedNameOnStack = 256;
    private readonly SanitizerFrame[] _outer = new SanitizerFrame[limits.MaxDepth];
    private readonly RecentPseudonyms _recent = new(pseudonymizer);
    private readonly DomSanitizer _inMemory = new(pseudonymizer, report);
    private readonly HeldBytes _name = new(limits.MaxBufferedBytes);
    private readonly HeldValue _held = new(limits.MaxBufferedBytes);
    private readonly PlusWatch _plus = new(!plan.Endpoint.Augments.IsEmpty);
    private SanitizerFrame _frame;
    private PlanState? _member;
    private int _depth;
    private int _inside;
    private long _documents;
    private SanitizeStatus _status = SanitizeStatus.NeedMore;

    /// <summary>Whether the input so far is whole: one document, or with NDJSON any number.</summary>
    public bool IsWhole => _depth == 0 && _inside == 0 && (ndjson || _documents == 1);

    /// <summary>Takes the tokens that the reader has. After a fault, or an exception of the reader's, this is of no more use.</summary>
    /// <param name="reader">Over <paramref name="source"/>.</param>
    /// <param name="source">The bytes at hand; what stays is copied from them.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // or the just-in-time compiler runs out of its budget for what is inlined here
    public SanitizeStatus Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> source)
    {
        // The hottest loop of the product: what changes with each token is kept in locals.
        var run = new SourceRun(source, output, _name.Span);
        var frame = _frame;
        var member = _member;
        var watches = _plus.IsNeeded;
        while (_status == SanitizeStatus.NeedMore)
        {
            // What is dropped or held is gone over in a loop of its own.
            if ((_inside > 0 && !PassOver(ref reader, ref run, ref frame)) || !reader.Read()) break;
            var token = reader.TokenType;
            var at = (int)reader.TokenStartIndex;
            if (token == JsonTokenType.PropertyName)
            {
                if (watches || !frame.State!.Members.TryExpected(reader.ValueSpan, ref frame.Expected, out member)) member = Name(ref reader, ref frame);
                if (member is null) report.Dropped++;
                else run.BeginMember(at, reader.ValueSpan.Length + 2);
                continue;
            }

            if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                run.Copy(at, 1);
                frame = _outer[--_depth];
            }
            else
            {
                var state = frame.IsObject ? member : frame.State is { } array ? array.Element : plan.Root;
                if (state is null) Drop(token, ref frame);
                else if (!state.IsVerbatim(token)) Treat(state, ref reader, ref run, ref frame, at);
                else
                {
                    run.Keep(ref frame, at, (int)reader.BytesConsumed - at);
                    if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        _outer[_depth++] = frame;
                        frame = new SanitizerFrame(state, token == JsonTokenType.StartObject);
                    }
                }
            }

            if (_depth == 0 && _inside == 0) EndDocument(ref run);
        }

        run.Flush();
        (_frame, _member) = (frame, member);
        if (_status == SanitizeStatus.NeedMore && !(KeepName(run.Name, frame, reader.TokenType) && _held.TryKeep(source[..(int)reader.BytesConsumed]))) _status = SanitizeStatus.TooLarge;
        return _status;
    }

    public void Dispose()
    {
        _name.Dispose();
        _held.Dispose();
        _recent.Clear();
    }

    // False at the end of the chunk: the value goes on in the next.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool PassOver(ref Utf8JsonReader reader, ref SourceRun run, ref SanitizerFrame frame)
    {
        while (reader.Read())
        {
            var token = reader.TokenType;
            if (token is JsonTokenType.StartObject or JsonTokenType.StartArray) _inside++;
            else if (token is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                if (--_inside > 0) continue;
                if (_held.State is { } state) CompleteHeld(state, ref run, ref frame, (int)reader.BytesConsumed);
                if (_depth == 0) EndDocument(ref run);
                return _status == SanitizeStatus.NeedMore;
            }
            else if (token == JsonTokenType.PropertyName && _plus.IsNeeded && !_plus.Pass(ref reader))
            {
                _status = SanitizeStatus.Forged;
                return false;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private PlanState? Name(ref Utf8JsonReader reader, ref SanitizerFrame frame)
    {
        if (_plus.IsNeeded && !_plus.Pass(ref reader)) _status = SanitizeStatus.Forged;
        var isNew = true;
        var members = frame.State!.Members;
        var member = reader.ValueIsEscaped ? Escaped(members, ref reader) : members.Find(reader.ValueSpan, ref frame.Expected, out isNew);

        // Named once, by the first response that has it; counted always.
        if (member is null && isNew) report.NameUnknown(DomReader.Unescape(ref reader));
        return member;
    }

    // A name whose value has not come yet outlives the bytes that it stands in.
    private bool KeepName(ReadOnlySpan<byte> name, SanitizerFrame frame, JsonTokenType last)
    {
        if (!frame.IsObject || _member is null || (last != JsonTokenType.PropertyName && _held.State is null)) return true;
        if (name.Overlaps(_name.Span)) return true;
        _name.Forget(_name.Length);
        return _name.TryAppend(name);
    }

    private static PlanState? Escaped(PlanMembers members, ref Utf8JsonReader reader)
    {
        var rented = reader.ValueSpan.Length > MaxEscapedNameOnStack ? new byte[reader.ValueSpan.Length] : null;
        Span<byte> name = rented ?? stackalloc byte[MaxEscapedNameOnStack];
        try
        {
            return members.Find(name[..reader.CopyString(name)]);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no rule can name it.
            return members.Other;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drop(JsonTokenType token, ref SanitizerFrame frame)
    {
        // A member has been counted with its name.
        if (frame.IsArray) report.Dropped++;
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray) _inside = 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Treat(PlanState state, ref Utf8JsonReader reader, ref SourceRun run, ref SanitizerFrame frame, int at)
    {
        if (state.IsSourceError)
        {
            if (reader.TokenType != JsonTokenType.Null) _status = SanitizeStatus.SourceError;
            else report.Dropped++;
            return;
        }

        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            Scalar(state, ref reader, ref run, ref frame, at);
            return;
        }

        _inside = 1;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (isObject ? state.HoldsObjects : state.HoldsArrays) _held.Begin(state, at);
        else Refuse(state, isObject, ref run, ref frame);
    }

    // Removed or null.
    private void Refuse(PlanState state, bool isObject, ref SourceRun run, ref SanitizerFrame frame)
    {
        report.Dropped++;
        if (state.IsLink)
        {
            LoseLink();
            return;
        }

        var isOfType = state.IsOfType(isObject ? SchemaType.Object : SchemaType.Array);
        report.Warnings += isOfType && state.Operations[0] is not Redact ? 1 : 0;
        if ((isOfType || !frame.IsArray) && state.FateOf(isObject) == ValueAction.Null) run.Write(ref frame, "null"u8);
    }

    private void CompleteHeld(PlanState state, ref SourceRun run, ref SanitizerFrame frame, int end)
    {
        if (!_held.TryComplete(run.Source[..end], out var json)) _status = SanitizeStatus.TooLarge;
        else InMemory(state, json, ref run, ref frame);
        _held.Clear();
    }

    // Exactly as the language has it, at the cost of memory: for what one pass cannot know.
    private void InMemory(PlanState state, ReadOnlySpan<byte> json, ref SourceRun run, ref SanitizerFrame frame)
    {
        if (DomReader.TryRead(json, limits.MaxDepth) is not { } root)
        {
            Debug.Fail("the bytes have been read as JSON before: " + Encoding.UTF8.GetString(json));
            _status = SanitizeStatus.Malformed;
            return;
        }

        if (!frame.IsInside && HoldsSourceError(root.Value))
        {
            _status = SanitizeStatus.SourceError;
            return;
        }

        var parent = frame.IsInside ? new DomContainer(frame.IsObject) : null;
        var (value, augmented) = _inMemory.Sanitize(root.Value, state, parent, _plus.MayAugment);
        if (augmented) _plus.Augmented();
        if (report.IsExhausted) _status = report.Fault;
        if (value is null || report.IsExhausted) return;
        run.Write(ref frame, default);
        DomWriter.Write(value, output);
    }

    private bool HoldsSourceError(DomNode root) =>
        plan.Root.Members.HasSourceError && root is DomContainer { IsObject: true } members && members.Slots.Any(slot => slot is { Name: "error", Value: not DomScalar { Token: JsonTokenType.Null } });

    private void LoseLink()
    {
        report.LoseLink();
        _status = report.Fault;
    }

    private void Scalar(PlanState state, ref Utf8JsonReader reader, ref SourceRun run, ref SanitizerFrame frame, int at)
    {
        if (state.OnlyPseudonymize is { } only && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && !IsBlank(reader.ValueSpan))
        {
            report.Changed++;
            run.Write(ref frame, _recent.Get(reader.ValueSpan, only));
        }
        else if (state.HoldsScalars) InMemory(state, run.Source[at..(int)reader.BytesConsumed], ref run, ref frame);
        else Transform(state, ref reader, ref run, ref frame, at);
    }

    private void Transform(PlanState state, ref Utf8JsonReader reader, ref SourceRun run, ref SanitizerFrame frame, int at)
    {
        if (state.HasSchema && reader.TokenType != JsonTokenType.Null && !(state.Schema is { } schema && DomSchema.Allows(schema.Type, reader.TokenType, reader.ValueSpan)))
        {
            report.Dropped++;
            if (state.IsLink) LoseLink();
            else if (!frame.IsArray && !state.Operations.Any(operation => operation is Redact)) run.Write(ref frame, "null"u8);
            return;
        }

        var before = ScalarTransforms.Read(ref reader);
        var after = before;
        foreach (var operation in state.Operations)
        {
            var outcome = ScalarTransforms.Apply(operation, after, pseudonymizer);
            report.Count(outcome);
            if (report.IsExhausted)
            {
                _status = report.Fault;
                return;
            }

            if (outcome.Action == ValueAction.Remove)
            {
                report.Dropped++;
                return;
            }

            if (outcome.Action == ValueAction.Null) after = JsonScalar.Null;
            else if (outcome.Action == ValueAction.Replace) after = new JsonScalar(ScalarKind.String, outcome.Text);
        }

        if (state.IsLink && after.Kind == ScalarKind.Null && before.Kind != ScalarKind.Null) LoseLink();
        else if (after == before) run.Keep(ref frame, at, (int)reader.BytesConsumed - at);
        else
        {
            report.Changed++;
            run.Write(ref frame, after.Kind == ScalarKind.Null ? "null"u8 : PseudonymJson.Quote(after.Text!));
        }
    }

    private void EndDocument(ref SourceRun run)
    {
        _documents++;
        _plus.Reset();
        if (!ndjson) return;
        run.Flush();
        output.Write((byte)'\n');
    }

    // White space as Java's isBlank has it, cheaply: most values begin with a letter.
    private static bool IsBlank(ReadOnlySpan<byte> utf8) => utf8.IsEmpty || (utf8[0] is <= 0x20 or >= 0x80 && string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(utf8)));
}
