using System.Collections.Immutable;

namespace Psoxy.Core.Rules.Loading;

/// <summary>The root's <c>pathParameterSchemas</c>: what a parameter of that name must look like in every path template whose endpoint says nothing else.</summary>
internal sealed class PathDefaults
{
    private readonly NodeReader _read;
    private readonly YamlNode? _node;
    private readonly ImmutableDictionary<string, ParameterSchema> _schemas = ImmutableDictionary<string, ParameterSchema>.Empty;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    public PathDefaults(NodeReader read, YamlNode? node)
    {
        (_read, _node) = (read, node);
        if (node is not null) _schemas = ParameterReader.ReadAll(read, node, "'pathParameterSchemas'", ignoreCase: false);
    }

    /// <summary>An endpoint's own schemas with the defaults of its other parameters.</summary>
    /// <param name="names">The parameters of its path template.</param>
    /// <param name="own">Those that it has in this variant; each wins over the default.</param>
    public ImmutableDictionary<string, ParameterSchema> Complete(IEnumerable<string> names, ImmutableDictionary<string, ParameterSchema> own)
    {
        foreach (var name in names)
        {
            _used.Add(name);
            if (!own.ContainsKey(name) && _schemas.TryGetValue(name, out var schema)) own = own.Add(name, schema);
        }

        return own;
    }

    /// <summary>Tells of names that no path template has: a parameter is misspelled, and open.</summary>
    public void FailUnused()
    {
        if (_node is not YamlMap map) return;
        foreach (var (key, _) in map.Members)
            if (!_used.Contains(key.Text)) _read.Fail(key, $"'pathParameterSchemas' names '{NodeReader.Cut(key.Text)}', which no path template has");
    }
}
