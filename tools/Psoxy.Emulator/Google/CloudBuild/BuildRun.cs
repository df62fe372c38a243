using System.Collections.Concurrent;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Psoxy.Emulator.Google.Buildpack;

namespace Psoxy.Emulator.Google.CloudBuild;

/// <summary>One build. Its steps are run one after another on this machine, in a folder that stands for <c>/workspace</c>; what image they name is not looked at.</summary>
internal sealed partial class BuildRun(GoogleCloud cloud, string id, string name, JsonObject given)
{
    private readonly ConcurrentQueue<string> _output = new();
    private string _status = "QUEUED";
    private string _detail = "";

    public string Id => id;

    public IReadOnlyList<string> Output => [.. _output];

    public Task Work { get; set; } = Task.CompletedTask;

    private string Account => (string?)given["serviceAccount"] is { Length: > 0 } set ? Substitute(set, "").Split('/')[^1] : cloud.Accounts.DefaultEmail;

    public JsonObject Show()
    {
        var build = (JsonObject)given.DeepClone();
        build["id"] = id;
        build["name"] = name;
        build["projectId"] = cloud.Options.ProjectId;
        build["status"] = _status;
        build["createTime"] = "2026-11-24T10:17:06.000000Z";
        build["logUrl"] = $"https://console.cloud.google.com/cloud-build/builds/{id}?project={cloud.Options.ProjectNumber}";
        if (_detail.Length > 0) build["statusDetail"] = _detail;
        if (_status is "SUCCESS" or "FAILURE") build["finishTime"] = "2026-11-24T10:18:06.000000Z";
        return build;
    }

    public async Task RunAsync(byte[]? source, CancellationToken cancellationToken)
    {
        var workspace = Directory.CreateTempSubdirectory("psoxy-emulator-workspace-");
        try
        {
            _status = "WORKING";
            if (source is not null)
            {
                using var stream = new GZipStream(new MemoryStream(source, writable: false), CompressionMode.Decompress);
                await TarFile.ExtractToDirectoryAsync(stream, workspace.FullName, overwriteFiles: true, cancellationToken);
            }

            var gcloud = await cloud.CreateGcloudEnvironmentAsync(Account, cancellationToken);
            var steps = given["steps"] as JsonArray ?? [];
            for (var number = 0; number < steps.Count; number++)
            {
                var step = steps[number]!.AsObject();
                var code = await StepAsync(step, number, workspace.FullName, gcloud.Variables, cancellationToken);
                if (code == 0) continue;
                _detail = $"build step {number} \"{(string?)step["name"]}\" failed: step exited with non-zero status: {code}";
                _status = "FAILURE";
                return;
            }

            _status = "SUCCESS";
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            (_detail, _status) = (fault.Message, "FAILURE");
        }
        finally
        {
            workspace.Delete(recursive: true);
        }
    }

    private async Task<int> StepAsync(JsonObject step, int number, string workspace, IReadOnlyDictionary<string, string> gcloud, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo { WorkingDirectory = Path.Combine(workspace, (string?)step["dir"] ?? ""), RedirectStandardOutput = true, RedirectStandardError = true };
        if ((string?)step["script"] is { } script)
        {
            start.FileName = "bash";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(script.Replace("/workspace", workspace, StringComparison.Ordinal));
        }
        else
        {
            start.FileName = (string?)step["entrypoint"] ?? Entrypoint((string?)step["name"] ?? "");
            foreach (var argument in step["args"] as JsonArray ?? []) start.ArgumentList.Add(Substitute((string)argument!, workspace));
        }

        foreach (var other in start.Environment.Keys.Where(key => key.StartsWith("CLOUDSDK_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(other);
        foreach (var (key, value) in gcloud) start.Environment[key] = value;
        if (((string?)step["name"] ?? "").Contains("/dotnet/sdk", StringComparison.Ordinal))
        {
            var feed = await new PackageFeed(cloud.Options, new BuildCache(cloud.Options.BuildCache)).GetAsync(cancellationToken);
            foreach (var (key, value) in PackageFeed.Environment(feed, Path.Combine(workspace, ".packages")).Concat(DotnetCommand.Alone)) start.Environment[key] = value;
        }

        foreach (var variable in (given["options"]?["env"] as JsonArray ?? []).Concat(step["env"] as JsonArray ?? []).Select(variable => Substitute((string)variable!, workspace).Split('=', 2)))
            start.Environment[variable[0]] = variable.Length > 1 ? variable[1] : "";
        foreach (var key in (step["secretEnv"] as JsonArray ?? []).Select(key => (string)key!)) start.Environment[key] = await SecretAsync(key, cancellationToken);

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"Step {number} does not start.");
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        void Keep(string? line)
        {
            if (line is not null) _output.Enqueue($"Step #{number}: {line}");
        }
    }

    // What the images run that people leave without an entrypoint.
    private static string Entrypoint(string image)
    {
        var last = image.Split('/')[^1].Split(':', '@')[0];
        return last is "gcloud" or "bash" ? last : throw new InvalidOperationException($"The emulator has no containers and does not know what {image} runs: give the step an entrypoint.");
    }

    // Cloud Build's own substitutions and the user's; "$$" is a dollar sign.
    private string Substitute(string text, string workspace) => Substitution().Replace(text, match => match.Value == "$$" ? "$" : Value(match.Groups[1].Value + match.Groups[2].Value)).Replace("/workspace", workspace, StringComparison.Ordinal);

    private string Value(string key) => key switch
    {
        "PROJECT_ID" => cloud.Options.ProjectId,
        "PROJECT_NUMBER" => cloud.Options.ProjectNumber,
        "BUILD_ID" => id,
        "LOCATION" => "global",
        "SERVICE_ACCOUNT_EMAIL" => Account,
        _ => (string?)given["substitutions"]?[key] ?? "",
    };

    private async Task<string> SecretAsync(string key, CancellationToken cancellationToken)
    {
        var version = (given["availableSecrets"]?["secretManager"] as JsonArray ?? []).FirstOrDefault(secret => (string?)secret?["env"] == key)?["versionName"];
        var parts = ((string?)version ?? throw new InvalidOperationException($"secretEnv {key} is not in availableSecrets.")).Split('/');
        await cloud.One.WaitAsync(cancellationToken);
        try
        {
            var secret = cloud.Secrets.Find(parts[3]) ?? throw new InvalidOperationException($"Secret [{parts[3]}] not found.");
            var member = "serviceAccount:" + Account;
            if (!cloud.Roles.Grants(secret.Policy, member, "secretmanager.versions.access") && !cloud.Roles.Grants(cloud.Project.Policy, member, "secretmanager.versions.access"))
                throw new InvalidOperationException($"failed to access secret version for secret {version}: {CloudException.Denied("secretmanager.versions.access", (string)version!).Message}");
            return Encoding.UTF8.GetString(secret.GetVersion(parts[5]).Access());
        }
        finally
        {
            cloud.One.Release();
        }
    }

    [GeneratedRegex(@"\$\$|\$\{([A-Z_][A-Z0-9_]*)\}|\$([A-Z_][A-Z0-9_]*)", RegexOptions.NonBacktracking)]
    private static partial Regex Substitution();
}
