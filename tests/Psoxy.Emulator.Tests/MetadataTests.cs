using System.Net;

namespace Psoxy.Emulator.Tests;

public sealed class MetadataTests
{
    private const string Identity = "/computeMetadata/v1/instance/service-accounts/default/identity";

    [TestCase("?audience=x&format=full", true, HttpStatusCode.OK)]
    [TestCase("?format=full", true, HttpStatusCode.BadRequest)]
    [TestCase("?audience=x", false, HttpStatusCode.Forbidden)]
    public async Task Demands_and_sends_the_flavor(string query, bool withFlavor, HttpStatusCode status)
    {
        await using var emulator = await EmulatorHost.StartAsync();
        using var client = new HttpClient { BaseAddress = new("http://" + emulator.FunctionEnvironment("x", "X")["GCE_METADATA_HOST"]) };
        if (withFlavor) client.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");

        using var response = await client.GetAsync(Identity + query);

        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Headers.GetValues("Metadata-Flavor"), Is.EqualTo(["Google"]));
        if (status == HttpStatusCode.OK) Assert.That((await response.Content.ReadAsStringAsync()).Split('.'), Has.Length.EqualTo(3), "a bare token");
    }
}
