using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor.Gathering;

/// <summary>
/// Asks a function for its deep health check. Not by <c>gcloud functions call</c>: a function that is not well answers 412, of which gcloud shows no body. So gcloud gives the token, and we call.
/// </summary>
internal sealed class HealthCaller(GoogleReader google, HttpClient client, CancellationToken cancellation)
{
    private const string Question = """{"healthCheck":"deep"}""";
    private const int MostBytes = 4 * 1024 * 1024;

    public async Task<Fact<Health>> AskAsync(string engineer, Fact<Function> function)
    {
        if (!function.Has(out var found, out _)) return Fact.Unasked<Health>(function.Why);
        if (found.State != "ACTIVE") return Fact.Unasked<Health>("the function is not active");
        if (found.Url is null || !Uri.TryCreate(found.Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps) return Fact.Unasked<Health>("Google gives no https URL for the function");
        var (token, why) = await google.IdentityTokenAsync(engineer, found.Url);
        if (token is null) return new(Standing.Failed, null, $"gcloud gives {engineer} no identity token to call it with: {why}");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(Question, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            await response.Content.LoadIntoBufferAsync(MostBytes, cancellation);
            var error = response.Headers.TryGetValues("X-Psoxy-Error", out var values) ? string.Concat(string.Join(' ', values).Where(c => char.IsAsciiLetterUpper(c) || c == '_').Take(40)) : null;
            return Fact.Known(new Health((int)response.StatusCode, error, Read((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellation))));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new(Standing.Failed, null, $"it cannot be reached, or its answer breaks off: {fault.Message}");
        }
    }

    // Whatever else answers at that URL, such as a proxy, says something of another shape.
    private static JsonObject? Read(int status, string text)
    {
        if (status is not (200 or 412)) return null;
        try
        {
            if (JsonNode.Parse(text) is not JsonObject body) return null;
            var health = new Health(status, null, body);
            _ = (health.Checks.ToList(), health.Warnings.ToList(), Health.Texts(health.Entra?["missingRoles"]).ToList(), Health.Texts(health.Entra?["excessRoles"]).ToList());
            foreach (var name in (string[])["version", "saltSha256Hash", "serviceAccountUniqueId", "identityTokenAudience"]) _ = health.Text(name);
            _ = (string?)health.Entra?["code"];
            return health.Checks.Any() ? body : null;
        }
        catch (Exception odd) when (odd is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
