using System.Diagnostics;

namespace Psoxy.Emulator.Google.Gcloud;

/// <summary>The environment in which the real gcloud meets the emulator and nothing else: every API's address, a configuration of its own, an account.</summary>
public sealed class GcloudEnvironment
{
    private readonly string _keyFile;

    internal GcloudEnvironment(string project, string account, Uri address, string keyFile, string folder, string trustFile)
    {
        (Account, _keyFile) = (account, keyFile);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CLOUDSDK_CONFIG"] = Path.Combine(folder, "config"),
            ["CLOUDSDK_CORE_PROJECT"] = project,
            ["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1",
            ["CLOUDSDK_CORE_DISABLE_USAGE_REPORTING"] = "1",
            ["CLOUDSDK_CORE_CHECK_GCE_METADATA"] = "false",
            ["CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE"] = trustFile,
            ["CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK"] = "1",

            // For curl, .NET and Python programs that call a function.
            ["REQUESTS_CA_BUNDLE"] = trustFile,
            ["CURL_CA_BUNDLE"] = trustFile,
            ["SSL_CERT_FILE"] = trustFile,
            ["NO_PROXY"] = "127.0.0.1,localhost",
        };
        foreach (var place in ApiPlace.All.Where(place => place.Override.Length > 0)) variables["CLOUDSDK_API_ENDPOINT_OVERRIDES_" + place.Override] = At(place.Api == CloudApi.Storage ? "/storage/v1/" : place.Prefix + "/");
        foreach (var api in ApiPlace.NotEmulated) variables["CLOUDSDK_API_ENDPOINT_OVERRIDES_" + api] = At("/not-emulated/" + api.ToLowerInvariant() + "/");
        Variables = variables;

        string At(string path) => new Uri(address, path).AbsoluteUri;
    }

    /// <summary>Whether gcloud is on PATH.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "gcloud")));

    /// <summary>Who is signed in.</summary>
    public string Account { get; }

    /// <summary>To be added to a process's environment.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Runs gcloud.</summary>
    /// <param name="arguments">Without the name.</param>
    public Task<GcloudResult> RunAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Runs gcloud with something on its standard input.</summary>
    /// <param name="input">What it reads; nothing where <c>null</c>.</param>
    /// <param name="arguments">Without the name.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public async Task<GcloudResult> RunAsync(string? input, IEnumerable<string> arguments, CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo("gcloud", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var other in start.Environment.Keys.Where(key => key.StartsWith("CLOUDSDK_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(other);
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            if (input is not null) await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    internal async Task SignInAsync(CancellationToken cancellationToken)
    {
        var signedIn = await RunAsync(null, ["auth", "activate-service-account", "--key-file=" + _keyFile], cancellationToken);
        if (signedIn.Code != 0) throw new InvalidOperationException("gcloud cannot sign in to the emulator: " + signedIn);
    }
}
