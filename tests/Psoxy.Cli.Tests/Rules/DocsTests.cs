namespace Psoxy.Cli.Tests.Rules;

public sealed class DocsTests
{
    [Test]
    public async Task The_page_goes_to_a_file_or_to_standard_output()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("connectors.md", "old");

        var written = await CliRun.Of(["rules", "docs", "--out", file]);
        var shown = await CliRun.Of(["rules", "docs"]);

        Assert.That((written.ExitCode, shown.ExitCode), Is.EqualTo((ExitCode.Ok, ExitCode.Ok)), written.Error + shown.Error);
        Assert.That(written.Output, Is.Empty);
        Assert.That(shown.Output, Is.EqualTo(await File.ReadAllTextAsync(file)));
        Assert.That(shown.Output, Does.StartWith("# Connectors\n").And.Contain("`displayName` | dropped | names a person"));
    }
}
