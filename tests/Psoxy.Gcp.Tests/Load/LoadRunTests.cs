using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Psoxy.Core.Connectors;

namespace Psoxy.Gcp.Tests.Load;

/// <summary>The load run, for a few seconds and with few callers: that it still runs, and that nothing fails or leaks in so short a time. What it is for takes minutes.</summary>
[NonParallelizable]
public sealed class LoadRunTests
{
    private static readonly string LoadAssembly = typeof(LoadRunTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "LoadAssembly").Value!;

    [Test]
    public async Task All_connectors_are_called_without_an_error_or_a_leak()
    {
        var (code, output) = await RunAsync("--seconds", "4", "--concurrency", "2", "--telemetry", "--json");

        Assert.That(code, Is.Zero, output);
        var report = JsonDocument.Parse(output).RootElement;
        var called = report.GetProperty("latencies").EnumerateArray().Select(row => row.GetProperty("name").GetString());
        Assert.That(called, Is.SupersetOf(ConnectorCatalog.All.Select(connector => connector.Id)));
        Assert.That(report.GetProperty("canariesInSource").GetInt64(), Is.Positive, "else that none came out proves nothing");
        Assert.That((report.GetProperty("answersWithCanary").GetInt64(), report.GetProperty("logLinesWithCanary").GetInt64()), Is.EqualTo((0, 0)));
        Assert.That(report.GetProperty("telemetryMessages").GetInt64(), Is.Positive, "traces and metrics were looked through");
        Assert.That(report.GetProperty("telemetryWithCanary").GetInt64(), Is.Zero);
        Assert.That(report.GetProperty("logLines").GetInt64(), Is.AtLeast(report.GetProperty("requests").GetInt64() / 2), "the log was looked through");
    }

    [TestCase("--minutes")]
    [TestCase("--minutes", "soon")]
    [TestCase("--callers", "3")]
    public async Task Wrong_arguments_are_told(params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(output, Does.StartWith("usage: "));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", LoadAssembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
