using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Psoxy.Emulator;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Emulator.Google;
using Psoxy.Emulator.Google.Calls;
using Psoxy.Emulator.Google.Gcloud;

namespace Psoxy.Cli.Tests.EndToEnd;

/// <summary>An engineer at a terminal: the real <c>deploy.sh</c>, gcloud and <c>psoxy</c>, and everything of Google's and Microsoft's emulated.</summary>
internal sealed class DeploymentFixture : IAsyncDisposable
{
    public const string Worklytics = "worklytics@their-project.iam.gserviceaccount.com";
    private static readonly string[] Changing = ["POST", "PATCH", "PUT", "DELETE"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, string> _environment;
    private readonly ConcurrentDictionary<string, byte> _commandLines = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watch;

    private DeploymentFixture(EmulatorHost host, GcloudEnvironment gcloud)
    {
        (Host, Gcloud) = (host, gcloud);
        _environment = new(host.ToolEnvironment())
        {
            ["PSOXY_CLI"] = typeof(ExitCode).Assembly.Location,
            ["PSOXY_GRAPH_TOKEN"] = host.Engineers.Token((string)host.Tenant.Users[3]["id"]!, DirectoryRole.ApplicationAdministrator),
            ["PSOXY_PAUSES"] = "0.1 0.1 0.1 0.1",
            ["PSOXY_POLL"] = "3",
        };
        foreach (var (name, value) in gcloud.Variables) _environment[name] = value;
        _watch = Task.Run(WatchAsync);
    }

    public EmulatorHost Host { get; }

    public GoogleCloud Cloud => Host.Cloud;

    public GcloudEnvironment Gcloud { get; }

    public TemporaryFolder Folder { get; } = new();

    public string Config => Folder["psoxy.yaml"];

    /// <summary>Command lines that any process of this machine was seen with.</summary>
    public IEnumerable<string> CommandLines => _commandLines.Keys;

    /// <summary>Calls of what is recorded now, without those of signing in.</summary>
    public IReadOnlyList<CloudCallEntry> Calls => [.. Cloud.Calls.All.Where(call => call.Api != CloudApi.Tokens)];

    /// <summary>Those of them that may change something; some reads are spelled POST.</summary>
    public IReadOnlyList<CloudCallEntry> Changes =>
        [.. Calls.Where(call => Changing.Contains(call.Method) && !call.Target.Contains(":getIamPolicy", StringComparison.Ordinal))];

    public static async Task<DeploymentFixture> StartAsync(CloudOptions? options = null)
    {
        if (!GcloudEnvironment.IsInstalled) Assert.Ignore("gcloud is not on PATH: what is deployed cannot be shown.");
        var host = await EmulatorHost.StartAsync(new EmulatorOptions { Cloud = options ?? new CloudOptions() });
        return new(host, await host.Cloud.CreateGcloudEnvironmentAsync());
    }

    /// <summary>A psoxy.yaml by <c>psoxy init</c>, and applications by <c>psoxy entra</c>, consented to.</summary>
    public async Task PrepareAsync(params string[] connectors)
    {
        await InitAsync(connectors);
        await MustAsync(0, PsoxyAsync("entra", "apply", "--yes"));
        foreach (var connector in connectors) Consent(connector);
    }

    public async Task InitAsync(params string[] connectors)
    {
        string[] named = [.. connectors.SelectMany(connector => (string[])["--connector", connector])];
        await MustAsync(0, PsoxyAsync(["init", "--project", Cloud.Options.ProjectId, "--region", "us-central1", "--tenant", Host.Options.TenantId, "--caller", Worklytics, .. named]));
    }

    /// <summary>As an administrator does it in the portal.</summary>
    public void Consent(string connector) => Host.Directory.Grant(Host.Directory.FindClientId("psoxy-psoxy-emulator-" + connector)!, Core.Connectors.ConnectorCatalog.Find(connector)!.Permissions.Select(permission => permission.Name));

    public Task<CliRun> DeployAsync(params string[] arguments) => RunAsync("bash", [Path.Combine(Cloud.Options.RepositoryRoot, "deploy.sh"), .. arguments, "--config", Config]);

    public Task<CliRun> PsoxyAsync(params string[] arguments) => RunAsync("dotnet", ["exec", typeof(ExitCode).Assembly.Location, .. arguments, "--config", Config]);

    public static async Task<CliRun> MustAsync(int exitCode, Task<CliRun> running)
    {
        var run = await running;
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), $"{run.Output}\n{run.Error}");
        return run;
    }

    /// <summary>Runs deploy.sh and presses Ctrl-C once something is so, by what it has printed or what was called.</summary>
    public Task<CliRun> InterruptAsync(Predicate<string> once, params string[] arguments) =>
        RunAsync("setsid", ["bash", Path.Combine(Cloud.Options.RepositoryRoot, "deploy.sh"), .. arguments, "--config", Config], once);

    /// <summary>A request as the caller sends it: to the function's URL, with a token for it.</summary>
    public async Task<(int Status, string Body, string? Error)> CallAsync(string function, string target, string? caller = Worklytics)
    {
        var address = (await Gcloud.RunAsync("functions", "describe", function, "--gen2", "--region=us-central1", "--format=value(serviceConfig.uri)")).Output.Trim();
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.Issuer == Host.Authority.Subject };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, address + target);
        if (caller is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Cloud.IdentityToken(caller, address));
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.TryGetValues("X-Psoxy-Error", out var error) ? error.Single() : null);
    }

    /// <summary>A secret's first version, as it was made.</summary>
    public async Task<string> SecretAsync(string name) => (await Gcloud.RunAsync("secrets", "versions", "access", "1", "--secret=" + name)).Output;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        _end.Dispose();
        await Host.DisposeAsync();
        Folder.Dispose();
    }

    private async Task<CliRun> RunAsync(string program, IEnumerable<string> arguments, Predicate<string>? interruptOnce = null)
    {
        var start = new ProcessStartInfo(program, [.. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var other in start.Environment.Keys.Where(key => key.StartsWith("CLOUDSDK_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(other);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (output, error) = (ReadAsync(process.StandardOutput, patience.Token), ReadAsync(process.StandardError, patience.Token));
            while (interruptOnce is not null && !process.HasExited)
            {
                if (!interruptOnce(Printed(output.Text))) await Task.Delay(20, patience.Token);
                else
                {
                    // To the whole group, as a terminal does.
                    using var kill = Process.Start("kill", ["-INT", "--", $"-{process.Id}"]);
                    await kill.WaitForExitAsync(patience.Token);
                    interruptOnce = null;
                }
            }

            await process.WaitForExitAsync(patience.Token);
            await Task.WhenAll(output.End, error.End);
            return new(process.ExitCode, Printed(output.Text), Printed(error.Text));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static (StringBuilder Text, Task End) ReadAsync(StreamReader reader, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        return (text, Task.Run(
            async () =>
            {
                while (await reader.ReadLineAsync(cancellation) is { } line)
                {
                    lock (text) text.Append(line).Append('\n');
                }
            },
            cancellation));
    }

    private static string Printed(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
            {
                try
                {
                    _commandLines.TryAdd((await File.ReadAllTextAsync(Path.Combine(process, "cmdline"))).Replace('\0', ' '), 0);
                }
                catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
                {
                    // It has ended meanwhile.
                }
            }

            await Task.Delay(20);
        }
    }
}
