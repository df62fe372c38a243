using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Psoxy.Cli.Tests.Demo;

public sealed partial class DemoTests
{
    [Test]
    public async Task Shows_both_sides_and_leaves_nothing_behind()
    {
        var run = await CliRun.Of(["demo"]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok), run.Output + run.Error);
        Assert.That(run.Output, Does.Contain("All 7 requests were answered as the rules say."));
        Assert.That(run.Output, Does.Not.Contain("\u001b["), "plain when piped");
        Assert.That(run.Output, Does.Contain("Kanarie"), "Graph's side holds the canaries");
        foreach (var line in run.Output.Split('\n').Where(line => line.Contains(" │ ", StringComparison.Ordinal)))
            Assert.That(line.Split(" │ ")[1], Does.Not.Contain("anarie"), "the caller's side does not");
        var port = int.Parse(Port().Match(run.Output).Groups[1].Value, null);
        Assert.That(async () => await new TcpClient().ConnectAsync(IPAddress.Loopback, port), Throws.InstanceOf<SocketException>(), "the function has ended");
    }

    [TestCase("msft-entra-id")]
    [TestCase("msft-copilot")]
    public async Task Shows_another_connector(string id)
    {
        var run = await CliRun.Of(["demo", "--connector", id]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Ok), run.Output + run.Error);
        Assert.That(run.Output, Does.Match("All \\d+ requests were answered as the rules say").And.Contain("Kanarie"));
    }

    [Test]
    public async Task A_connector_that_is_not_there_is_told_with_those_that_are()
    {
        var run = await CliRun.Of(["demo", "--connector", "slack"]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Error, Does.Contain("there is no connector 'slack': choose one of msft-copilot, msft-entra-id"));
    }

    [Test]
    public async Task A_port_in_use_is_told_in_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var run = await CliRun.Of(["demo", "--port", ((IPEndPoint)taken.LocalEndpoint).Port.ToString(null, null)]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain("is in use: choose another with --port"));
    }

    [Test]
    public async Task Ctrl_C_ends_everything_that_keep_keeps()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", typeof(ExitCode).Assembly.Location, "demo", "--keep"]) start.ArgumentList.Add(argument);
        using var demo = Process.Start(start)!;
        try
        {
            var port = 0;
            while (await demo.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Ctrl-C ends everything", StringComparison.Ordinal))
                if (Port().Match(line) is { Success: true } match) port = int.Parse(match.Groups[1].Value, null);
            using (var connection = new TcpClient()) await connection.ConnectAsync(IPAddress.Loopback, port);

            using var interrupt = Process.Start("kill", ["-INT", demo.Id.ToString(null, null)]);
            var rest = demo.StandardOutput.ReadToEndAsync();
            await demo.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

            Assert.That(demo.ExitCode, Is.EqualTo(ExitCode.Ok), await rest);
            Assert.That(async () => await new TcpClient().ConnectAsync(IPAddress.Loopback, port), Throws.InstanceOf<SocketException>(), "the function has ended");
        }
        finally
        {
            if (!demo.HasExited) demo.Kill(entireProcessTree: true);
        }
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex Port();
}
