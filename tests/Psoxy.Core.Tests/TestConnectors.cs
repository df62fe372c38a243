using System.Collections.Immutable;
using System.Reflection;
using Psoxy.Core.Connectors;

namespace Psoxy.Core.Tests;

/// <summary>
/// The connectors that the laws run over: those of the build, and one more that is nothing but a folder, <c>SampleConnector</c>. It shows what a connector that is
/// added takes, and that no law knows the others by name.
/// </summary>
internal static class TestConnectors
{
    /// <summary>The repository.</summary>
    public static string Root { get; } =
        typeof(TestConnectors).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    private static readonly string SampleFolder = Path.Combine(Root, "tests", "Psoxy.Core.Tests", "SampleConnector", "sample-todo");

    /// <summary>All of them.</summary>
    public static ImmutableArray<Connector> All { get; } = [.. ConnectorCatalog.All, ConnectorReader.ReadFolder(SampleFolder, File.ReadAllBytes)];

    /// <summary>Where a connector's folder is in the repository.</summary>
    public static string FolderOf(string id) => ConnectorCatalog.Find(id) is null ? Path.Combine(Path.GetDirectoryName(SampleFolder)!, id) : Path.Combine(Root, "connectors", id);
}
