using System.Diagnostics;
using Microsoft.Playwright;

namespace Psoxy.Cli.Tests.Rules.Review;

/// <summary>
/// A real Chromium: the one of the system, or, where the tests may, the one of Debian's packages, installed once per run. Where there is none and none can
/// be had the tests are skipped, and say what is missing.
/// </summary>
internal static class Browser
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    // It must not speak to anybody, whatever the page does: a request that the tests see is the page's own.
    private static readonly string[] Switches =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly Lazy<Task<(string? Path, string Missing)>> Found = new(FindAsync);

    public static async Task<(IPlaywright Driver, IBrowser Browser)> StartAsync()
    {
        var (path, missing) = await Found.Value;
        if (path is null) Assert.Ignore($"The page was not tried in a browser: {missing}");

        // The driver's own node comes with its package; another can be named where that one does not run.
        var driver = await Playwright.CreateAsync();
        try
        {
            return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Switches }));
        }
        catch
        {
            driver.Dispose();
            throw;
        }
    }

    private static async Task<(string? Path, string Missing)> FindAsync()
    {
        if (Array.Find(Places, File.Exists) is { } there) return (there, "");
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/apt-get")) return (null, "there is no Chromium at " + string.Join(" or ", Places) + ", and no apt-get to install it with.");
        if (!Environment.IsPrivilegedProcess) return (null, "there is no Chromium, and these tests may not install it: sudo apt-get install chromium");

        await TestContext.Progress.WriteLineAsync("Installing Debian's chromium, once, for the tests of the review page …");
        foreach (var arguments in (string[][])[["update"], ["install", "--yes", "--no-install-recommends", "chromium"]])
        {
            var (exit, said) = await RunAsync("apt-get", ["--quiet", "-o", "DPkg::Lock::Timeout=120", .. arguments]);
            if (exit != 0) return (null, $"'apt-get {string.Join(' ', arguments)}' ended with {exit}: {said}");
        }

        return Array.Find(Places, File.Exists) is { } installed ? (installed, "") : (null, "apt-get installed chromium, but it is not at " + string.Join(" or ", Places));
    }

    private static async Task<(int Exit, string Said)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"it took longer than {Patience.TotalMinutes} minutes");
        }

        await output;
        return (process.ExitCode, (await error).Trim());
    }
}
