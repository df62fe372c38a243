using Psoxy.Cli.Entra;

namespace Psoxy.Cli.Tests.Entra;

public sealed class ErrorsTests
{
    [Test]
    public void The_page_of_Entras_errors_is_fresh()
    {
        var committed = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "docs", "entra-errors.md")).ReplaceLineEndings("\n");
        Assert.That(committed == ErrorsPage.Write(), "docs/entra-errors.md is stale: dotnet run --project tools/Psoxy.Cli -- entra errors --out docs/entra-errors.md");
    }

    [Test]
    public async Task The_page_goes_to_a_file_or_to_standard_output()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("errors.md", "old");

        var written = await CliRun.Of(["entra", "errors", "--out", file]);
        var shown = await CliRun.Of(["entra", "errors"]);

        Assert.That((written.ExitCode, shown.ExitCode), Is.EqualTo((ExitCode.Ok, ExitCode.Ok)), written.Error + shown.Error);
        Assert.That(written.Output, Is.Empty);
        Assert.That(shown.Output, Is.EqualTo(await File.ReadAllTextAsync(file)));
        Assert.That(shown.Output, Does.StartWith("# Errors of Entra\n").And.Contain("| AADSTS700213 | No federated credential"));
    }
}
