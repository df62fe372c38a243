using System.Collections.Immutable;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Reads one YAML document into nodes. No anchors, aliases or type tags are resolved, so a file can neither multiply itself nor make objects.</summary>
internal sealed class YamlReader(RulesOptions limits, string file, string what = "a rules file", string needed = "endpoints")
{
    private const string CoreTag = "tag:yaml.org,2002:";
    private const char ByteOrderMark = '\uFEFF';

    private int _nodes;

    /// <summary>The document's root, or the one error that ended reading.</summary>
    public (YamlNode? Root, RulesError? Error) Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > limits.MaxBytes) return (null, Error(1, 1, $"the file has {utf8.Length} bytes; {limits.MaxBytes} at most"));
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            return (null, Error(1, 1, "the file is not UTF-8"));
        }

        try
        {
            var parser = new Parser(new StringReader(text.TrimStart(ByteOrderMark)));
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return (null, Error(1, 1, $"the file is empty; expected a map with '{needed}'"));
            parser.Consume<DocumentStart>();
            var root = ReadNode(parser, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.Accept<StreamEnd>(out var next)) throw Problem(next ?? parser.Current, "a second document; expected one");
            return (root, null);
        }
        catch (RefusedException refused)
        {
            return (null, refused.Error);
        }
        catch (YamlException fault)
        {
            return (null, Error((int)fault.Start.Line, (int)fault.Start.Column, "not YAML: " + fault.Message));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The YAML parser gives up in more ways than it documents; the file is at fault all the same.
            return (null, Error(1, 1, "not YAML that can be read"));
        }
    }

    private YamlNode ReadNode(Parser parser, int depth)
    {
        if (depth > limits.MaxDepth) throw Problem(parser.Current, $"nested deeper than {limits.MaxDepth} levels");
        if (++_nodes > limits.MaxNodes) throw Problem(parser.Current, $"more than {limits.MaxNodes} values");
        var current = parser.Current;
        if (current is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias) throw Problem(current, $"anchors and aliases are not allowed in {what}: write the value out");
        if (parser.TryConsume<Scalar>(out var scalar)) return MakeScalar(scalar);
        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            var items = ImmutableArray.CreateBuilder<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode(parser, depth + 1));
            return new YamlList(Line(sequence), Column(sequence), TagOf(sequence, "seq"), items.ToImmutable());
        }

        var map = parser.Consume<MappingStart>();
        var members = ImmutableArray.CreateBuilder<KeyValuePair<YamlScalar, YamlNode>>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (parser.Current is not Scalar { Anchor.IsEmpty: true } key) throw Problem(parser.Current, "a key that is not plain text");
            var name = MakeScalar(key);
            if (name.Tag is { } tag) throw Problem(key, $"unexpected tag '!<{NodeReader.Cut(tag)}>' on a key");
            if (name is { Plain: true, Text: "<<" }) throw Problem(key, "merge keys ('<<') are not read: write the members out");
            _ = parser.MoveNext();
            members.Add(new(name, ReadNode(parser, depth + 1)));
        }

        return new YamlMap(Line(map), Column(map), TagOf(map, "map"), members.ToImmutable());
    }

    // A text that says so, with !!str or the bare '!', is text as if it stood in quotes.
    private YamlScalar MakeScalar(Scalar scalar) =>
        new(Line(scalar), Column(scalar), TagOf(scalar, "str"), scalar.Value, scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && scalar.Tag.IsEmpty);

    // YAML's own tags say what is there anyway, or ask for an object (!!python/object) or another reading (!!binary) that nobody makes here.
    private string? TagOf(NodeEvent node, string kind)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value == CoreTag + kind) return null;
        if (!node.Tag.Value.StartsWith(CoreTag, StringComparison.Ordinal)) return node.Tag.Value;
        throw Problem(node, $"unexpected tag '!<{NodeReader.Cut(node.Tag.Value)}>'; of YAML's own only !!map, !!seq and !!str, each on what it names");
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    private static int Column(ParsingEvent at) => (int)at.Start.Column;

    private RefusedException Problem(ParsingEvent? at, string message) => new(Error(at is null ? 1 : Line(at), at is null ? 1 : Column(at), message));

    private RulesError Error(int line, int column, string message) => new(file, line, column, null, message, IsYaml: true);

    private sealed class RefusedException(RulesError error) : Exception
    {
        public RulesError Error { get; } = error;
    }
}
