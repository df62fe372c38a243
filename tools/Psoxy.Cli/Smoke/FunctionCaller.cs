using System.Net.Http.Headers;
using System.Text;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Smoke;

/// <summary>Calls a connector's function as whoever is signed in to gcloud, with <c>gcloud functions call</c>.</summary>
internal sealed class FunctionCaller(DeploymentSettings settings, ConnectorSettings connector) : IDisposable
{
    // The function's limit, and Google's way there and back.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(settings.Timeout + 30) };
    private string? _address;

    private string Name => settings.NameOf(connector);

    /// <summary>Sends an envelope.</summary>
    /// <param name="envelope">JSON; it becomes an argument, so nothing in it may be secret.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<FunctionAnswer> CallAsync(string envelope, CancellationToken cancellation)
    {
        var answer = await RunAsync(["functions", "call", Name, "--gen2", "--region", settings.Region, "--project", settings.Project, "--data", envelope, "--format=value(.)"], cancellation);
        if (answer.IsSuccess) return new(200, answer.Output, null);
        if (answer.HttpStatus is { } status) return await AgainAsync(status, envelope, cancellation);
        return new(null, "", answer.IsMissing ? $"there is no function {Name} in {settings.Region}: './deploy.sh apply' deploys it" : $"gcloud cannot call it: {answer.Problem}");
    }

    /// <summary>The function's address, as Cloud Run gave it.</summary>
    /// <exception cref="UsageException">gcloud does not tell.</exception>
    public async Task<string> AddressAsync(CancellationToken cancellation)
    {
        if (_address is not null) return _address;
        var answer = await RunAsync(["functions", "describe", Name, "--gen2", "--region", settings.Region, "--project", settings.Project, "--format=value(serviceConfig.uri)"], cancellation);
        var address = answer.Output.Trim();
        if (answer.IsSuccess && address.StartsWith("https://", StringComparison.Ordinal)) return _address = address;
        throw new UsageException(answer.IsMissing ? $"there is no function {Name} in {settings.Region}: './deploy.sh apply' deploys it." : $"gcloud does not tell the address of {Name}: {answer.Problem}");
    }

    public void Dispose() => _client.Dispose();

    // gcloud does not show what a function says that refuses, and a health check that finds something has its reasons there. So it is asked once more, as curl would.
    private async Task<FunctionAnswer> AgainAsync(int status, string envelope, CancellationToken cancellation)
    {
        try
        {
            var address = await AddressAsync(cancellation);
            if (await TokenAsync(address, cancellation) is not { } token) return new(status, "", null);
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(envelope, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await _client.SendAsync(request, cancellation);
            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or UsageException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new(status, "", null);
        }
    }

    // Only service accounts can have tokens for an address; people have gcloud's, which Cloud Run takes as well.
    private static async Task<string?> TokenAsync(string address, CancellationToken cancellation)
    {
        var answer = await RunAsync(["auth", "print-identity-token", "--audiences=" + address], cancellation);
        if (!answer.IsSuccess) answer = await RunAsync(["auth", "print-identity-token"], cancellation);
        return answer.IsSuccess && answer.Output.Trim() is { Length: > 0 } token ? token : null;
    }

    private static async Task<GcloudAnswer> RunAsync(string[] arguments, CancellationToken cancellation) =>
        await Gcloud.RunAsync(arguments, cancellation) ?? throw new UsageException("gcloud is not here: install the Google Cloud CLI.");
}
