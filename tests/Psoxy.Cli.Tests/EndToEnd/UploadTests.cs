namespace Psoxy.Cli.Tests.EndToEnd;

/// <summary>What leaves the engineer's machine: the sources of the function, whatever else lies beside them.</summary>
public sealed class UploadTests
{
    [Test]
    public async Task Only_what_is_named_is_uploaded()
    {
        await using var fixture = await DeploymentFixture.StartAsync();
        string[] ours = ["functions/Psoxy.Gcp/Psoxy.Gcp.csproj", "connectors/outlook-mail/rules.yaml", "connectors/entra-errors.yaml", "Directory.Packages.props", "global.json"];
        string[] others =
        [
            "psoxy.yaml", ".env", "salt.txt", "mine.yaml", "todo.md", "key.json", "deployment/prod/psoxy.yaml", "tests/a.cs", "docs/a.md", ".git/config", "artifacts/a", "functions/Psoxy.Gcp/bin/a.dll", "functions/Psoxy.Gcp/obj/a.json",
            "connectors/outlook-mail/examples/user.json",
        ];
        foreach (var file in (string[])[.. ours, .. others])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(fixture.Folder[file])!);
            fixture.Folder.Write(file, "x");
        }

        File.Copy(Path.Combine(fixture.Cloud.Options.RepositoryRoot, ".gcloudignore"), fixture.Folder[".gcloudignore"]);

        var listed = await fixture.Gcloud.RunAsync("meta", "list-files-for-upload", fixture.Folder["."]);

        Assert.That(listed.Code, Is.Zero, listed.Error);
        Assert.That(listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EquivalentTo(ours));
    }
}
