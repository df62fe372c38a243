using Microsoft.Identity.Client;
using Psoxy.Gcp.Health;

namespace Psoxy.Gcp.Identity;

/// <summary>MSAL's way to Entra: no proxy of the system's, no redirects, no cookies.</summary>
internal sealed class EntraHttp(Clocks clocks) : IMsalHttpClientFactory, IDisposable
{
#pragma warning disable RS0030 // This is the factory that the rule asks for.
    private readonly HttpClient _client = new(new DateObserver(clocks, "Entra", new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    }))
    {
        Timeout = TimeSpan.FromSeconds(15),
    };
#pragma warning restore RS0030

    public HttpClient GetHttpClient() => _client;

    public void Dispose() => _client.Dispose();
}
