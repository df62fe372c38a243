using System.ComponentModel;
using System.Diagnostics;

namespace Psoxy.Cli.Deployment;

/// <summary>Runs the real <c>gcloud</c>, as whoever is signed in to it. Nothing secret may be an argument: other processes see those.</summary>
internal static class Gcloud
{
    /// <summary>Runs it without questions.</summary>
    /// <param name="arguments">Without the name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns><c>null</c> where there is no gcloud.</returns>
    public static async Task<GcloudAnswer?> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("gcloud", [.. arguments, "--quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return null;
        }

        using (process)
        {
            try
            {
                process.StandardInput.Close();
                var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
                await process.WaitForExitAsync(cancellation);
                return new(process.ExitCode, await output, await error);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
    }
}
