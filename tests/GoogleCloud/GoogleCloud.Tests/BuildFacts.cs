using System.Reflection;

namespace GoogleCloud.Tests;

/// <summary>What the build knows and the tests need.</summary>
internal static class BuildFacts
{
    public static string SampleFunction { get; } = Path.GetFullPath(Read("SampleFunction"));

    public static string RepositoryRoot { get; } = Read("RepositoryRoot");

    public static string Configuration { get; } = Read("Configuration");

    private static string Read(string key) => typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
