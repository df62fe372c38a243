using System.Xml.Linq;

namespace Psoxy.Emulator.Google.Buildpack;

/// <summary>
/// A feed of packages of Google's names and versions that hold the repository's stand-ins, since Google's own are not to be had everywhere. So a build with
/// GoogleCloudPackages=nuget runs as it is; it proves the build, not the packages.
/// </summary>
internal sealed class PackageFeed(CloudOptions options, BuildCache cache)
{
    private static readonly string[] Central = ["Directory.Packages.props", "Directory.Build.props", "global.json"];

    /// <summary>The environment in which the SDK finds a feed. What is restored stays in a folder of its own: the stand-ins have Google's names and must not get into the cache of the machine.</summary>
    /// <param name="feed">Of <see cref="GetAsync"/>.</param>
    /// <param name="packages">The folder.</param>
    public static Dictionary<string, string> Environment(string feed, string packages)
    {
        var ours = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        return new(StringComparer.Ordinal)
        {
            ["RestoreAdditionalProjectSources"] = feed,
            ["NUGET_PACKAGES"] = packages,
            ["NUGET_FALLBACK_PACKAGES"] = string.IsNullOrEmpty(ours) ? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages") : ours,
        };
    }

    private string Sources => Path.Combine(options.RepositoryRoot, "tests", "GoogleCloud");

    /// <summary>The folder with the packages, made from the sources as they are now.</summary>
    public Task<string> GetAsync(CancellationToken cancellationToken)
    {
        var central = Central.Select(file => File.ReadAllText(Path.Combine(options.RepositoryRoot, file)));
        return cache.GetAsync("feed-" + Hash(central), folder => PackAsync(folder, cancellationToken), cancellationToken);
    }

    // Without what earlier builds left: that differs from build to build.
    private string Hash(IEnumerable<string> central)
    {
        var copy = Directory.CreateTempSubdirectory("psoxy-emulator-feed-");
        try
        {
            Copy(Sources, copy.FullName);
            return ContentHash.OfFolder(copy.FullName, central);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    // In a copy, so that a build of the repository that runs at the same time is left alone.
    private async Task PackAsync(string feed, CancellationToken cancellationToken)
    {
        var copy = Directory.CreateTempSubdirectory("psoxy-emulator-feed-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(options.RepositoryRoot)) File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
            var sources = Path.Combine(copy.FullName, "tests", "GoogleCloud");
            Copy(Sources, sources);
            var versions = XDocument.Load(Path.Combine(copy.FullName, "Directory.Packages.props")).Descendants("PackageVersion")
                .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

            // A package asks for its neighbours in its own version.
            var (hosting, secrets) = (versions["Google.Cloud.Functions.Hosting"], versions["Google.Cloud.SecretManager.V1"]);
            (string Name, string Version)[] packages = [("Google.Cloud.Functions.Framework", hosting), ("Google.Cloud.Functions.Hosting", hosting), ("Google.Api.Gax.Grpc", secrets), ("Google.Cloud.SecretManager.V1", secrets)];
            foreach (var (name, version) in packages)
            {
                string[] arguments = ["pack", "-nologo", "-v", "q", "-c", "Release", "-o", feed, $"-p:PackageVersion={version}"];
                var (code, output) = await DotnetCommand.RunAsync(Path.Combine(sources, name), [], arguments, cancellationToken);
                if (code != 0) throw new InvalidOperationException($"The stand-in for {name} cannot be packed:\n{output}");
            }
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
