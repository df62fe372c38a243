using System.IO.Compression;

namespace Psoxy.Emulator.Google.Buildpack;

/// <summary>What the .NET buildpack makes of an uploaded source: restored, published, and looked at.</summary>
internal sealed class FunctionBuild(CloudOptions options)
{
    private static readonly HashSet<string> Runtimes = new(["dotnet10", "dotnet8"], StringComparer.Ordinal);
    private readonly BuildCache _cache = new(options.BuildCache);

    public static bool Supports(string runtime) => Runtimes.Contains(runtime);

    public static IEnumerable<string> AllRuntimes => Runtimes.Order(StringComparer.Ordinal);

    /// <summary>Builds it, or finds it built: what is uploaded and the build's environment decide, the entry point does not.</summary>
    /// <param name="archive">The uploaded zip.</param>
    /// <param name="runtime">Such as <c>dotnet10</c>.</param>
    /// <param name="environment">The build's environment variables.</param>
    /// <param name="cancellationToken">Kills the build.</param>
    /// <returns>The application's assembly.</returns>
    /// <exception cref="BuildException">It cannot be built.</exception>
    public async Task<string> RunAsync(byte[] archive, string runtime, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var source = Directory.CreateTempSubdirectory("psoxy-emulator-source-");
        try
        {
            await UnpackAsync(archive, source.FullName, cancellationToken);
            var feed = await new PackageFeed(options, _cache).GetAsync(cancellationToken);
            var key = ContentHash.OfFolder(source.FullName, [runtime, Path.GetFileName(feed), Environment.Version.ToString(), .. environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")]);
            var application = await _cache.GetAsync("function-" + key, folder => PublishAsync(source.FullName, folder, feed, environment, cancellationToken), cancellationToken);
            return Assembly(application);
        }
        finally
        {
            source.Delete(recursive: true);
        }
    }

    private static async Task UnpackAsync(byte[] archive, string folder, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = new MemoryStream(archive, writable: false);
            await ZipFile.ExtractToDirectoryAsync(stream, folder, cancellationToken);
        }
        catch (InvalidDataException broken)
        {
            throw new BuildException("The uploaded source is not a zip file: " + broken.Message);
        }
    }

    private static async Task PublishAsync(string source, string target, string feed, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var project = Project(source, environment.GetValueOrDefault("GOOGLE_BUILDABLE"));
        var all = new Dictionary<string, string>(environment) { ["CI"] = "true" };
        foreach (var (name, value) in PackageFeed.Environment(feed, Path.Combine(source, ".packages"))) all[name] = value;
        await RunAsync(source, all, ["restore", project], cancellationToken);
        var output = Path.Combine(source, ".published");
        await RunAsync(source, all, ["publish", "-nologo", "--verbosity", "minimal", "--configuration", "Release", "--output", output, "--no-restore", project], cancellationToken);
        Assembly(output);
        Copy(output, target);
    }

    private static async Task RunAsync(string source, Dictionary<string, string> environment, string[] arguments, CancellationToken cancellationToken)
    {
        var (code, output) = await DotnetCommand.RunAsync(source, environment, arguments, cancellationToken);
        if (code != 0) throw new BuildException($"failed to run dotnet {arguments[0]}: {Tail(output)}");
    }

    // Google's messages hold the end of the log as well.
    private static string Tail(string output) => output.Length <= 2000 ? output.Trim() : "…" + output[^2000..].Trim();

    private static string Project(string source, string? buildable)
    {
        if (buildable is { Length: > 0 })
        {
            var path = Path.GetFullPath(Path.Combine(source, buildable));
            if (path.StartsWith(source + Path.DirectorySeparatorChar, StringComparison.Ordinal) && (File.Exists(path) || Directory.Exists(path))) return path;
            throw new BuildException($"GOOGLE_BUILDABLE={buildable} is not in the source.");
        }

        var projects = Directory.GetFiles(source, "*.*proj");
        return projects.Length == 1 ? projects[0] : throw new BuildException($"expected exactly one project file in the source's root, found {projects.Length}: set GOOGLE_BUILDABLE");
    }

    private static string Assembly(string folder)
    {
        var configurations = Directory.GetFiles(folder, "*.runtimeconfig.json");
        return configurations.Length == 1
            ? Path.ChangeExtension(Path.ChangeExtension(configurations[0], null), ".dll")
            : throw new BuildException($"expected exactly one runtimeconfig.json, found {configurations.Length}: {string.Join(", ", configurations.Select(Path.GetFileName))}");
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
