using System.Diagnostics;

namespace Psoxy.Emulator.Google.Buildpack;

/// <summary>The SDK's command line, in an environment of its own.</summary>
internal static class DotnetCommand
{
    /// <summary>Settings under which nothing outlives the command: servers that do would hold its output open.</summary>
    public static IReadOnlyDictionary<string, string> Alone { get; } = new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false", ["NuGetAudit"] = "false" };

    /// <summary>Runs it.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="environment">Added to PATH, HOME, the SDK's and NuGet's own settings.</param>
    /// <param name="arguments">What.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <returns>Its exit code and all that it wrote.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string folder, IEnumerable<KeyValuePair<string, string>> environment, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var inherited in start.Environment.Keys.Where(key => !IsPassedOn(key)).ToList()) start.Environment.Remove(inherited);

        foreach (var (name, value) in Alone) start.Environment[name] = value;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, string.Concat(output));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    private static bool IsPassedOn(string key) =>
        key is "PATH" or "HOME" or "TMPDIR" or "SSL_CERT_FILE" or "SSL_CERT_DIR" || key.StartsWith("DOTNET_", StringComparison.Ordinal) || key.StartsWith("NUGET_", StringComparison.Ordinal)
        || key.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase);
}
