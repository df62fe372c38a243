using System.Text.Json;

namespace Psoxy.Cli.Tests.Rules;

public sealed class CheckTests
{
    private const string Broken = """
        endpoints:
          - pathTemplate: /v1.0/users
            transforms:
              - !<redcat>
                jsonPaths: [$..displayName]
          - pathTemplate: /v1.0/groups
            allowedMethod: [GET]
        """;

    [Test]
    public async Task A_connector_is_valid()
    {
        var run = await CliRun.Of(["rules", "check", "outlook-mail"]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok), run.Output + run.Error);
        Assert.That(run.Output, Does.StartWith("outlook-mail: valid, "));
    }

    [Test]
    public async Task Every_error_is_told_at_once_with_its_place()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("broken.yaml", Broken);

        var run = await CliRun.Of(["rules", "check", file]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.InvalidRules));
        Assert.That(run.Output, Does.Contain($"{file}:4:").And.Contain("redcat").And.Contain($"{file}:7:").And.Contain("allowedMethod"));
        Assert.That(run.Output, Does.Contain("invalid, 2 errors"));
    }

    [Test]
    public async Task A_script_gets_json()
    {
        using var folder = new TemporaryFolder();

        var run = await CliRun.Of(["rules", "check", "--json", "outlook-mail", folder.Write("broken.yaml", Broken)]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.InvalidRules));
        var files = JsonDocument.Parse(run.Output).RootElement;
        Assert.That(files[0].GetProperty("valid").GetBoolean(), Is.True);
        Assert.That(files[1].GetProperty("valid").GetBoolean(), Is.False);
        Assert.That(files[1].GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("line").GetInt32()), Is.EqualTo([4, 7]));
    }
}
