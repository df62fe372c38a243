using System.Collections.Immutable;

namespace Psoxy.Core.Rules.Loading;

/// <summary>
/// The root's <c>treatments</c>: lists of transforms by name, which endpoints use as <c>- !&lt;treatment&gt; {name: …}</c>. A use is replaced by the list while
/// loading, so that a loaded rule set has none. Every endpoint shares the transforms themselves.
/// </summary>
internal sealed class Treatments
{
    /// <summary>The tag, or the <c>method</c>, of a use.</summary>
    public const string Method = "treatment";

    /// <summary>What a use takes.</summary>
    public static readonly ImmutableArray<string> Keys = ["name", "method", "when"];

    private const int MaxSuggested = 50;

    private readonly NodeReader _read;
    private readonly Dictionary<string, (YamlScalar Name, ImmutableArray<Transform> Transforms)> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public Treatments(NodeReader read, YamlNode? node)
    {
        _read = read;
        if (node is null) return;
        var members = read.Members(node, "'treatments'");
        if (members.Count > read.Options.MaxTreatments)
        {
            read.Fail(node, $"{members.Count} treatments; {read.Options.MaxTreatments} at most");
            return;
        }

        foreach (var (name, list) in members)
        {
            if (list is YamlList { Items.IsEmpty: true }) read.Fail(list, $"the treatment '{NodeReader.Cut(name.Text)}' is empty; expected at least one transform");
            _byName.TryAdd(name.Text, (name, TransformReader.ReadTreatment(read, list, $"the treatment '{NodeReader.Cut(name.Text)}'")));
        }
    }

    /// <summary>The transforms that a use stands for; none where the variant leaves it out.</summary>
    public ImmutableArray<Transform> Expand(YamlMap use)
    {
        var members = _read.TaggedMap(use, "the use of a treatment", [.. Keys]);
        var holds = _read.Holds(members);
        if (!members.TryGetValue("name", out var node))
        {
            _read.Fail(use, "the use of a treatment needs 'name'");
            return [];
        }

        if (_read.Text(node, "'name'") is not { } name) return [];
        if (_byName.TryGetValue(name, out var treatment))
        {
            _used.Add(name);
            return holds ? treatment.Transforms : [];
        }

        _read.Fail(node, $"unknown treatment '{NodeReader.Cut(name)}'; {Expected(name)}");
        return [];
    }

    // Thousands of misspelled uses against a thousand names would take minutes to compare.
    private string Expected(string name) => _byName.Count switch
    {
        0 => "the file has no 'treatments'",
        <= MaxSuggested => _read.Suggest(name, _byName.Keys.ToArray()),
        _ => "expected the name of one of the file's 'treatments'",
    };

    /// <summary>Tells of those that no endpoint uses, in whichever variant: a misspelled use, or a rule that its author believes is applied.</summary>
    public void FailUnused()
    {
        foreach (var (name, (key, _)) in _byName)
            if (!_used.Contains(name)) _read.Fail(key, $"no endpoint uses the treatment '{NodeReader.Cut(name)}'");
    }
}
