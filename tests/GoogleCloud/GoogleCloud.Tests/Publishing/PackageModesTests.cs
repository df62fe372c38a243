using System.Xml.Linq;

namespace GoogleCloud.Tests.Publishing;

/// <summary>The two package modes, in a copy of what is uploaded to Cloud Functions. That stand-ins are not published by accident is tested in Psoxy.Gcp.Tests.</summary>
[Category("Publish")]
public sealed class PackageModesTests
{
    private const string Project = "functions/Psoxy.Gcp/Psoxy.Gcp.csproj";
    private DirectoryInfo folder = null!;

    private string Source => Path.Combine(folder.FullName, "source");

    [OneTimeSetUp]
    public void Upload()
    {
        folder = Directory.CreateTempSubdirectory("uploaded-source-");
        UploadedSource.CopyTo(Source);
    }

    [OneTimeTearDown]
    public void Delete() => folder.Delete(recursive: true);

    [Test]
    public void What_is_uploaded_has_no_tests_and_no_tools() =>
        Assert.That(Directory.GetDirectories(Source).Select(Path.GetFileName), Is.SupersetOf(["connectors", "functions"]).And.Not.Contain("tests").And.Not.Contain("tools"));

    [TestCase("standin", "PSOXY002", "Set GoogleCloudPackages=nuget")]
    [TestCase("nugget", "PSOXY001", "must be 'nuget' (Google's packages) or 'standin'")]
    public async Task A_mode_that_cannot_be_says_what_to_set(string mode, string code, string expected)
    {
        var (exit, output) = await Dotnet.RunAsync(Source, [("GoogleCloudPackages", mode)], "publish", Project, "-nologo");

        Assert.That(exit, Is.Not.Zero);
        Assert.That(output, Does.Contain(code).And.Contain(expected));
    }

    [Test]
    public async Task The_packages_are_all_that_the_buildpack_needs()
    {
        // Google's packages are not to be had everywhere. Packages of their names and versions that hold the stand-ins prove the build, not the packages.
        var feed = await PackAsync();
        (string, string)[] environment =
        [
            ("GoogleCloudPackages", "nuget"),
            ("RestoreAdditionalProjectSources", feed),
            ("NUGET_PACKAGES", Path.Combine(folder.FullName, "packages")),
            ("NUGET_FALLBACK_PACKAGES", Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")),
            ("CI", "true"),     // no lock file may be asked for
        ];

        var restored = await Dotnet.RunAsync(Source, environment, "restore", Project);
        Assert.That(restored.Code, Is.Zero, restored.Output);
        var published = await Dotnet.RunAsync(Source, environment, "publish", "-nologo", "--verbosity", "minimal", "--configuration", "Release", "--output", "bin", "--no-restore", Project);
        Assert.That(published.Code, Is.Zero, published.Output);

        var files = Directory.GetFiles(Path.Combine(Source, "bin"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();
        Assert.That(files.Where(file => file!.EndsWith(".runtimeconfig.json", StringComparison.Ordinal)), Is.EqualTo(["Psoxy.Gcp.runtimeconfig.json"]), "the buildpack fails on two");
        Assert.That(files, Does.Contain("Psoxy.Gcp.dll").And.Contain("Google.Cloud.Functions.Hosting.dll").And.Not.Contain("Microsoft.Graph.dll"));
    }

    private async Task<string> PackAsync()
    {
        var feed = Path.Combine(folder.FullName, "feed");
        var versions = XDocument.Load(Path.Combine(BuildFacts.RepositoryRoot, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        // A package asks for its neighbours in its own version.
        await PackAsync("Google.Cloud.Functions.Framework", versions["Google.Cloud.Functions.Hosting"]);
        await PackAsync("Google.Cloud.Functions.Hosting", versions["Google.Cloud.Functions.Hosting"]);
        await PackAsync("Google.Api.Gax.Grpc", versions["Google.Cloud.SecretManager.V1"]);
        await PackAsync("Google.Cloud.SecretManager.V1", versions["Google.Cloud.SecretManager.V1"]);
        return feed;

        async Task PackAsync(string name, string version)
        {
            var project = Path.Combine(BuildFacts.RepositoryRoot, "tests", "GoogleCloud", name);
            var packed = await Dotnet.RunAsync(project, [], "pack", "--no-build", "-nologo", "-c", BuildFacts.Configuration, "-o", feed, $"-p:PackageVersion={version}");
            Assert.That(packed.Code, Is.Zero, packed.Output);
        }
    }
}
