using System.Collections.Immutable;
using System.Reflection;

namespace Psoxy.Core.Connectors;

/// <summary>The connectors that come with this build. Each is read once, when it is first asked for, from the folder embedded here: a function needs one.</summary>
public static class ConnectorCatalog
{
    private const string Prefix = "connectors/";
    private const string Suffix = "/" + ConnectorReader.FileName;

    private static readonly Assembly Source = typeof(ConnectorCatalog).Assembly;

    // A connector's id is its folder's name; a test holds each file to it.
    private static readonly ImmutableSortedDictionary<string, Lazy<Connector>> ById = Source.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
        .Select(name => name[..^Suffix.Length])
        .ToImmutableSortedDictionary(folder => folder[Prefix.Length..], folder => new Lazy<Connector>(() => ConnectorReader.ReadFolder(folder, EmbeddedFile.Read)), StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by id.</summary>
    public static ImmutableArray<Connector> All => [.. ById.Values.Select(connector => connector.Value)];

    /// <summary>The connector of an id or alias, or <c>null</c>.</summary>
    /// <param name="idOrAlias">Compared without regard to case.</param>
    public static Connector? Find(string idOrAlias)
    {
        ArgumentNullException.ThrowIfNull(idOrAlias);
        return ById.TryGetValue(idOrAlias, out var connector)
            ? connector.Value
            : All.FirstOrDefault(other => other.Aliases.Contains(idOrAlias, StringComparer.OrdinalIgnoreCase));
    }
}
