using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Identity;

namespace Psoxy.Cli.Entra;

/// <summary>
/// Microsoft Graph's directory, as far as these commands need it. Not the SDK: what to do about an answer depends on its status and code, and on whether
/// the object is seconds old; that is easier to see here than behind it.
/// </summary>
internal sealed class GraphApi : IDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly TokenCredential _credential;
    private readonly TokenRequestContext _scope;
    private readonly EntraContext _context;
    private readonly Action<string> _progress;

    /// <param name="host">Graph's host, which answers by https.</param>
    /// <param name="scope">What the token is for.</param>
    /// <param name="tenant">The tenant that signs in.</param>
    /// <param name="credential">Who asks.</param>
    /// <param name="context">Clock and handler.</param>
    /// <param name="progress">Is told why it takes longer.</param>
    public GraphApi(string host, string scope, string tenant, TokenCredential credential, EntraContext context, Action<string> progress)
    {
        Root = $"https://{host}/v1.0";
        _http = new HttpClient(context.Handler()) { Timeout = TimeSpan.FromSeconds(100) };
        _scope = new TokenRequestContext([scope], tenantId: tenant);
        (_credential, _context, _progress) = (credential, context, progress);
    }

    /// <summary>Scheme, host and version.</summary>
    public string Root { get; }

    public Task<GraphAnswer> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, null, cancellation);

    public Task<GraphAnswer> PostAsync(string path, JsonObject body, CancellationToken cancellation) => SendAsync(HttpMethod.Post, path, body, null, cancellation);

    public Task<GraphAnswer> PatchAsync(string path, JsonObject body, CancellationToken cancellation, string? prefer = null) => SendAsync(HttpMethod.Patch, path, body, prefer, cancellation);

    public Task<GraphAnswer> DeleteAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Delete, path, null, null, cancellation);

    /// <summary>All items of a list, page after page.</summary>
    /// <exception cref="EntraException">It cannot be read.</exception>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string path, string what, CancellationToken cancellation)
    {
        var rows = new List<JsonObject>();
        for (var next = path; next is not null;)
        {
            var answer = await GetAsync(next, cancellation);
            if (!answer.IsSuccess) throw GraphRefusal.Of(answer, $"read {what}");
            rows.AddRange((answer.Body?["value"] as JsonArray ?? []).OfType<JsonObject>());
            next = (string?)answer.Body?["@odata.nextLink"];

            // The token goes to Graph, and nowhere else.
            if (next is not null && !next.StartsWith(Root + "/", StringComparison.Ordinal)) throw new EntraException($"Graph's link to the next page of {what} leads to another host; it is not followed.");
        }

        return rows;
    }

    /// <summary>Waits, longer each time, as Entra needs it.</summary>
    public Task WaitAsync(TimeSpan delay, string why, CancellationToken cancellation)
    {
        _progress($"waiting {delay.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s: {why}");
        return Task.Delay(delay, _context.Time, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private async Task<GraphAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, string? prefer, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path.StartsWith("https://", StringComparison.Ordinal) ? path : Root + path);
            request.Headers.Authorization = new("Bearer", await TokenAsync(cancellation));
            if (prefer is not null) request.Headers.Add("Prefer", prefer);
            if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await ReachAsync(request, cancellation);
            var status = (int)response.StatusCode;
            if (status is 429 or 502 or 503 or 504 && attempt < Tries)
            {
                await WaitAsync(Patience(response.Headers.RetryAfter, attempt), $"Graph answers {status}", cancellation);
                continue;
            }

            return new(status, Parse(await response.Content.ReadAsStringAsync(cancellation)));
        }
    }

    private async Task<HttpResponseMessage> ReachAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await _http.SendAsync(request, cancellation);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new EntraException($"Graph ({request.RequestUri!.Host}) cannot be reached, or broke off: {fault.Message} Whatever was done stays done: run the command again, and it goes on from there.");
        }
    }

    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        try
        {
            return (await _credential.GetTokenAsync(_scope, cancellation)).Token;
        }
        catch (AuthenticationFailedException refused)
        {
            // The library's own words say which way failed, and Entra's why; neither holds a token.
            var reason = string.Join(' ', new[] { refused.Message, refused.InnerException?.Message }.Where(text => !string.IsNullOrWhiteSpace(text)).Distinct()).ReplaceLineEndings(" ").Trim();
            throw new EntraException($"nobody is signed in to the tenant: {reason} Sign in with 'az login --tenant …', or choose a way with --auth.");
        }
    }

    private static TimeSpan Patience(RetryConditionHeaderValue? header, int attempt)
    {
        var asked = header?.Delta ?? TimeSpan.FromSeconds(Math.Pow(2, attempt));
        return asked < MostPatience ? asked : MostPatience;
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
