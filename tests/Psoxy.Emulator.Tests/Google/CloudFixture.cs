using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Google;
using Psoxy.Emulator.Google.Gcloud;

namespace Psoxy.Emulator.Tests.Google;

/// <summary>An emulator with gcloud signed in to it, and a client for what gcloud does not say.</summary>
internal sealed class CloudFixture : IAsyncDisposable
{
    public static readonly string[] NeededServices =
    [
        "artifactregistry.googleapis.com", "cloudbuild.googleapis.com", "cloudfunctions.googleapis.com", "cloudresourcemanager.googleapis.com", "iam.googleapis.com", "run.googleapis.com", "secretmanager.googleapis.com",
        "serviceusage.googleapis.com", "storage.googleapis.com",
    ];

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };

    private CloudFixture(EmulatorHost host, GcloudEnvironment gcloud) => (Host, Gcloud) = (host, gcloud);

    public EmulatorHost Host { get; }

    public GoogleCloud Cloud => Host.Cloud;

    public GcloudEnvironment Gcloud { get; }

    /// <summary>Skips the test, visibly, where there is no gcloud.</summary>
    public static Task<CloudFixture> StartAsync(CloudOptions? options = null)
    {
        if (!GcloudEnvironment.IsInstalled) Assert.Ignore("gcloud is not on PATH: nothing shows that the emulator answers as gcloud expects.");
        return StartWithoutGcloudAsync(options);
    }

    public static async Task<CloudFixture> StartWithoutGcloudAsync(CloudOptions? options = null)
    {
        var host = await EmulatorHost.StartAsync(new EmulatorOptions { Cloud = options ?? new CloudOptions { EnabledServices = NeededServices } });
        return new(host, await host.Cloud.CreateGcloudEnvironmentAsync());
    }

    /// <summary>Runs gcloud, which must succeed.</summary>
    public async Task<string> RunAsync(params string[] arguments) => await RunAsync(null, arguments);

    public async Task<string> RunAsync(string? input, string[] arguments)
    {
        var result = await Gcloud.RunAsync(input, arguments);
        Assert.That(result.Code, Is.Zero, $"gcloud {string.Join(' ', arguments)}: {result}");
        return result.Output;
    }

    /// <summary>Runs gcloud, which must fail, and gives what it says.</summary>
    public async Task<string> RefusedAsync(params string[] arguments)
    {
        var result = await Gcloud.RunAsync(arguments);
        Assert.That(result.Code, Is.Not.Zero, $"gcloud {string.Join(' ', arguments)}: {result}");
        return result.Error;
    }

    /// <summary>Calls an API as somebody.</summary>
    public async Task<(int Status, JsonObject Body)> CallAsync(string method, string path, JsonObject? body = null, string? account = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Cloud.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)Cloud.Tokens.Access(account ?? Cloud.Options.Engineer)["access_token"]!);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public static string Message(JsonObject body) => (string)body["error"]!["message"]!;

    public static string Reason(JsonObject body) => body["error"]!["details"]!.AsArray().Select(detail => (string?)detail!["reason"]).First(reason => reason is not null)!;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
    }
}
