using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Psoxy.Emulator;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Emulator.Google;
using Psoxy.Emulator.Google.Gcloud;
using Psoxy.Testing;

namespace Psoxy.Cli.Tests.Entra;

/// <summary>The real command with the real gcloud, in a tenant that allows no federation, up to a function that works; while everything that other processes can see is watched.</summary>
public sealed class CertificateProcessTests
{
    [Test]
    public async Task A_key_made_by_the_command_lets_a_function_sign_in_and_no_other_process_sees_it()
    {
        if (!GcloudEnvironment.IsInstalled) Assert.Ignore("gcloud is not on PATH: nothing shows that keys go through it unseen.");
        await using var emulator = await EmulatorHost.StartAsync(new EmulatorOptions { AllowsFederation = false, Cloud = new CloudOptions { EnabledServices = ["secretmanager.googleapis.com", "cloudfunctions.googleapis.com", "run.googleapis.com"] } });
        var gcloud = await emulator.Cloud.CreateGcloudEnvironmentAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("psoxy.yaml", $"project: psoxy-emulator\nregion: us-central1\ntenant: \"{emulator.Options.TenantId}\"\ncredential: certificate\nconnectors:\n  - id: outlook-mail\n");
        var environment = gcloud.Variables.Concat(emulator.ToolEnvironment()).Append(new("TMPDIR", folder["."])).Append(new("CLOUDSDK_CORE_LOG_HTTP", "true"))
            .Append(new("PSOXY_GRAPH_TOKEN", emulator.Engineers.Token((string)emulator.Tenant.Users[0]["id"]!, DirectoryRole.ApplicationAdministrator)))
            .GroupBy(pair => pair.Key).ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Value);

        var applied = await CliRun.Of(["entra", "apply", "--yes", "--config", file], environment: environment);
        Assert.That(applied.ExitCode, Is.EqualTo(ExitCode.Ok), applied.Output + applied.Error);
        using var watch = new ProcessWatch();
        var created = await CliRun.Of(["entra", "certificate", "create", "--connector", "outlook-mail", "--yes", "--config", file], environment: environment);
        var seen = await watch.EndAsync();
        Assert.That(created.ExitCode, Is.EqualTo(ExitCode.Ok), created.Output + created.Error);
        var version = (await CliRun.Of(["config", "get", "certificate", "--connector", "outlook-mail", "--config", file])).Output.Trim();
        Assert.That(version, Is.EqualTo("projects/psoxy-emulator/secrets/psoxy-outlook-mail-certificate/versions/1"));

        var stored = await gcloud.RunAsync("secrets", "versions", "access", "1", "--secret=psoxy-outlook-mail-certificate");
        var key = stored.Output.Split("-----BEGIN PRIVATE KEY-----")[1].Split('\n').Where(line => line.Length > 40).ToList();
        Assert.That(key, Has.Count.GreaterThan(30), "the key is in the secret, or its absence elsewhere proves nothing");
        Assert.That(seen, Has.Some.Contains("--data-file=-"), "the watch saw gcloud at work");
        foreach (var text in seen.Append(created.Output).Append(created.Error).Append(applied.Output).Append(emulator.Directory.Describe()))
            Assert.That(key.Where(line => text.Contains(line, StringComparison.Ordinal)), Is.Empty, "a part of the key was to be seen");
        var files = Directory.EnumerateFiles(folder["."], "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(gcloud.Variables["CLOUDSDK_CONFIG"], "*", SearchOption.AllDirectories)).ToList();
        foreach (var one in files) Assert.That(await File.ReadAllTextAsync(one), Does.Not.Contain(key[3]), one);

        // From where its base64 begins a new group, as gcloud encodes the whole.
        var part = stored.Output.Substring((stored.Output.IndexOf(key[3], StringComparison.Ordinal) + 2) / 3 * 3, 60);
        Assert.That(emulator.Cloud.Calls.Holding(part).Select(call => call.Target.Split('?')[0]), Is.EqualTo(["/v1/projects/psoxy-emulator/secrets/psoxy-outlook-mail-certificate:addVersion"]), "it is in the one body where it must be");

        var clientId = emulator.Directory.FindClientId("psoxy-psoxy-emulator-outlook-mail")!;
        emulator.Directory.Grant(clientId, "User.Read.All");
        var variables = new Dictionary<string, string>(emulator.FunctionEnvironment("outlook-mail", "Psoxy.Gcp.OutlookMailFunction")) { ["CLIENT_ID"] = clientId, ["CLIENT_CERTIFICATE"] = version };
        await using var function = await FunctionProcess.StartAsync(FunctionFixture.FunctionAssembly, variables);
        using var caller = new HttpClient { BaseAddress = function.Address };
        using var users = await caller.GetAsync("/v1.0/users?$top=3");
        var body = await users.Content.ReadAsStringAsync();
        Assert.That((int)users.StatusCode, Is.EqualTo(200), body);
        Assert.That(JsonNode.Parse(body)!["value"]!.AsArray(), Has.Count.EqualTo(3));

        var rotated = await CliRun.Of(["entra", "certificate", "rotate", "--connector", "outlook-mail", "--yes", "--config", file], environment: environment);
        var retired = await CliRun.Of(["entra", "certificate", "retire", "--connector", "outlook-mail", "--yes", "--config", file], environment: environment);
        Assert.That((rotated.ExitCode, retired.ExitCode), Is.EqualTo((ExitCode.Ok, ExitCode.Ok)), rotated.Error + retired.Error);
        Assert.That(retired.Output, Does.Contain("psoxy-outlook-mail is not deployed"), "the real gcloud's words for it are understood");
        Assert.That(emulator.Directory.CertificatesOf(clientId).Select(certificate => certificate.DisplayName), Is.EqualTo(["psoxy-outlook-mail-certificate/versions/2"]));
        Assert.That((await gcloud.RunAsync("secrets", "versions", "list", "psoxy-outlook-mail-certificate", "--format=value(name,state)")).Output.ToLowerInvariant(), Does.Contain("2\tenabled").And.Contain("1\tdestroyed"));
    }

    /// <summary>Arguments and environment of every process that comes by.</summary>
    private sealed class ProcessWatch : IDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
        private readonly Task _task;

        public ProcessWatch() => _task = Task.Run(WatchAsync);

        public async Task<IReadOnlyCollection<string>> EndAsync()
        {
            await _end.CancelAsync();
            await _task;
            return [.. _seen.Keys];
        }

        public void Dispose() => _end.Dispose();

        private async Task WatchAsync()
        {
            while (!_end.IsCancellationRequested)
            {
                foreach (var process in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder["/proc/".Length])))
                    foreach (var name in (string[])["cmdline", "environ"]) Read(Path.Combine(process, name));
                await Task.Delay(5);
            }
        }

        private void Read(string file)
        {
            try
            {
                _seen.TryAdd(File.ReadAllText(file).Replace('\0', ' '), true);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is somebody else's.
            }
        }
    }
}
