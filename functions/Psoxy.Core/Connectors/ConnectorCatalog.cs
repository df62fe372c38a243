using System.Collections.Immutable;
using System.Reflection;

namespace Psoxy.Core.Connectors;

/// <summary>The connectors that come with this build, read once from the folders embedded in it.</summary>
public static class ConnectorCatalog
{
    private const string Prefix = "connectors/";
    private const string File = "/connector.yaml";

    private static readonly Lazy<ImmutableArray<Connector>> Loaded = new(Load);

    /// <summary>All of them, by id.</summary>
    public static ImmutableArray<Connector> All => Loaded.Value;

    /// <summary>The connector of an id or alias, or <c>null</c>.</summary>
    /// <param name="idOrAlias">Compared without regard to case.</param>
    public static Connector? Find(string idOrAlias) => All.FirstOrDefault(connector =>
        connector.Id.Equals(idOrAlias, StringComparison.OrdinalIgnoreCase) || connector.Aliases.Contains(idOrAlias, StringComparer.OrdinalIgnoreCase));

    private static ImmutableArray<Connector> Load()
    {
        var assembly = typeof(ConnectorCatalog).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(File, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => ConnectorReader.Read(name, Read(assembly, name), Read(assembly, name[..^File.Length] + "/rules.yaml"))),
        ];
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded in {assembly.GetName().Name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
