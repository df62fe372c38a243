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

    [Test]
    public async Task A_port_in_use_is_told_in_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var run = await CliRun.Of(["demo", "--port", ((IPEndPoint)taken.LocalEndpoint).Port.ToString(null, null)]);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage), run.Output + run.Error);
        Assert.That(run.Error, Does.Contain("is in use: choose another with --port"));
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex Port();
}
