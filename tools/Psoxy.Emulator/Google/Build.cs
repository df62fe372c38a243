using System.Reflection;

namespace Psoxy.Emulator.Google;

/// <summary>What the emulator's own build knows.</summary>
internal static class Build
{
    public static string Root { get; } = typeof(Build).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
}
