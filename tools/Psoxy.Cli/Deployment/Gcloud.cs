using System.ComponentModel;
using System.Diagnostics;

namespace Psoxy.Cli.Deployment;

/// <summary>
/// Runs the real <c>gcloud</c>, as whoever is signed in to it. Nothing secret may be an argument or a file: other processes see arguments, and files stay. A pipe is between two
/// processes; gcloud is kept from writing its own log, which with <c>core/log_http</c> would hold what it sends.
/// </summary>
internal static class Gcloud
{
    /// <summary>Runs it without questions.</summary>
    /// <param name="arguments">Without the name.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns><c>null</c> where there is no gcloud.</returns>
    public static Task<GcloudAnswer?> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation) => RunAsync([.. arguments], default, cancellation);

    /// <summary>The same with something on its standard input.</summary>
    /// <param name="arguments">Without the name.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns><c>null</c> where there is no gcloud.</returns>
    public static async Task<GcloudAnswer?> RunAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("gcloud", [.. arguments, "--quiet"]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["CLOUDSDK_CORE_LOG_HTTP"] = "false";
        start.Environment["CLOUDSDK_CORE_DISABLE_FILE_LOGGING"] = "true";
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
                var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
                await WriteAsync(process.StandardInput, input, cancellation);
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

    // Straight into the pipe: the writer's own buffer would keep a copy.
    private static async Task WriteAsync(StreamWriter standardInput, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        try
        {
            await standardInput.BaseStream.WriteAsync(input, cancellation);
            standardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read all; its exit code and its words say why.
        }
    }
}
