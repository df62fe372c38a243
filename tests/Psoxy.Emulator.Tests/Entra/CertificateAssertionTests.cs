using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Testing;

namespace Psoxy.Emulator.Tests.Entra;

/// <summary>Certificates in the directory, and assertions signed with them at the token endpoint: taken and refused as Entra does.</summary>
public sealed class CertificateAssertionTests
{
    private EmulatorHost _host = null!;
    private HttpClient _client = null!;
    private SignedCertificate _signed = null!;

    private string ClientId => _host.Options.ClientId;

    private string Endpoint => $"{_host.EntraAddress}{_host.Options.TenantId}/oauth2/v2.0/token";

    [SetUp]
    public async Task StartAsync()
    {
        _host = await EmulatorHost.StartAsync();
        _client = _host.CreateGraphClient();
        _client.DefaultRequestHeaders.Authorization = new("Bearer", _host.Engineers.Token((string)_host.Tenant.Users[0]["id"]!, DirectoryRole.ApplicationAdministrator));
        _signed = SignedCertificate.Make();
        _host.Directory.AddCertificate(ClientId, _signed.Certificate, "first");
    }

    [TearDown]
    public async Task StopAsync()
    {
        _signed.Dispose();
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [TestCase("PS256", "x5t#S256")]
    [TestCase("RS256", "x5t#S256")]
    [TestCase("RS256", "x5t")]
    public async Task Accepts_an_assertion_of_a_certificate_that_it_knows(string algorithm, string name) => Assert.That(await AskAsync(Header(algorithm, name), Claims()), Is.Null);

    [Test]
    public async Task Rejects_what_is_not_right_with_Entras_code()
    {
        using var other = SignedCertificate.Make();
        using var expired = SignedCertificate.Make(days: -1);
        _host.Directory.AddCertificate(ClientId, expired.Certificate, "expired");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var header = Header("PS256", "x5t#S256");

        Assert.That(await AskAsync(Header("PS256", "x5t#S256", other), Claims(), other), Is.EqualTo(700027), "not registered");
        Assert.That(await AskAsync(Header("PS256", "x5t#S256", expired), Claims(), expired), Is.EqualTo(700027), "expired");
        Assert.That(await AskAsync(header, Claims(), other), Is.EqualTo(700027), "signed by another key");
        Assert.That(await AskAsync(Header("none", "x5t#S256"), Claims()), Is.EqualTo(700027), "an algorithm that is none");
        Assert.That(await AskAsync(header, Claims(("exp", now - 400))), Is.EqualTo(700024), "over");
        Assert.That(await AskAsync(header, Claims(("nbf", now + 400))), Is.EqualTo(700024), "not yet");
        Assert.That(await AskAsync(header, Claims(("exp", now + 3600))), Is.EqualTo(700024), "for longer than any library makes it");
        Assert.That(await AskAsync(header, Claims(("exp", null))), Is.EqualTo(700024), "for ever");
        Assert.That(await AskAsync(header, Claims(("aud", "https://login.microsoftonline.com/common"))), Is.EqualTo(700023), "for somebody else");
        Assert.That(await AskAsync(header, Claims(("iss", "https://accounts.google.com"))), Is.EqualTo(700021), "of somebody else");
        Assert.That(await AskAsync(header, Claims(("sub", "somebody"))), Is.EqualTo(50048), "about somebody else");
        _host.Directory.RemoveCertificate(ClientId, "first");
        Assert.That(await AskAsync(header, Claims()), Is.EqualTo(700027), "removed");
        _host.Directory.RemoveCertificate(ClientId, "expired");
        Assert.That(await AskAsync(header, Claims()), Is.EqualTo(700026), "no key at all");
    }

    [Test]
    public async Task The_directory_keeps_what_is_named_by_its_id_replaces_the_rest_and_shows_keys_only_when_asked()
    {
        using var second = SignedCertificate.Make();
        var path = $"/v1.0/applications(appId='{ClientId}')";
        var first = (await GetAsync(path)).DeepClone();
        var entry = new JsonObject { ["type"] = "AsymmetricX509Cert", ["usage"] = "Verify", ["key"] = Convert.ToBase64String(second.Certificate.RawData), ["displayName"] = "second" };

        Assert.That((first["keyCredentials"]![0]!["key"], (string?)(await GetAsync(path + "?$select=keyCredentials"))["keyCredentials"]![0]!["key"]), Is.EqualTo(((JsonNode?)null, (string?)Convert.ToBase64String(_signed.Certificate.RawData))));
        Assert.That(await PatchAsync(path, first["keyCredentials"]![0]!.DeepClone(), entry.DeepClone()), Is.EqualTo((204, (string?)null)));
        Assert.That(Names(), Is.EqualTo(["first", "second"]));
        Assert.That(await PatchAsync(path, entry.DeepClone()), Is.EqualTo((204, (string?)null)));
        Assert.That(Names(), Is.EqualTo(["second"]), "what is not sent is gone");
    }

    [Test]
    public async Task The_directory_refuses_what_Graph_refuses()
    {
        using var expired = SignedCertificate.Make(days: -1);
        var path = $"/v1.0/applications(appId='{ClientId}')";
        JsonObject Entry(string key, string usage = "Verify") => new() { ["type"] = "AsymmetricX509Cert", ["usage"] = usage, ["key"] = key, ["displayName"] = "x" };

        var known = (await GetAsync(path))["keyCredentials"]![0]!.DeepClone();
        known["key"] = Convert.ToBase64String(expired.Certificate.RawData);
        Assert.That((await PatchAsync(path, known)).Message, Does.Contain("Update to existing credential with KeyId"));
        Assert.That((await PatchAsync(path, Entry(Convert.ToBase64String(expired.Certificate.RawData)))).Message, Does.Contain("end date is invalid"));
        Assert.That((await PatchAsync(path, Entry(Convert.ToBase64String(_signed.Certificate.RawData), "Encrypt"))).Message, Does.Contain("\"usage\""));
        Assert.That((await PatchAsync(path, Entry(Convert.ToBase64String(Encoding.ASCII.GetBytes(_signed.Pem))))).Status, Is.EqualTo(400), "a private key is not taken");
        Assert.That(Names(), Is.EqualTo(["first"]), "nothing of it is done");
    }

    private List<string> Names() => [.. _host.Directory.CertificatesOf(ClientId).Select(certificate => certificate.DisplayName)];

    private JsonObject Header(string algorithm, string name, SignedCertificate? of = null) => new()
    {
        ["alg"] = algorithm,
        ["typ"] = "JWT",
        [name] = Base64Url.EncodeToString((of ?? _signed).Certificate.GetCertHash(name == "x5t" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256)),
    };

    private JsonObject Claims(params (string Name, JsonNode? Value)[] changes)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject { ["aud"] = Endpoint, ["iss"] = ClientId, ["sub"] = ClientId, ["nbf"] = now, ["exp"] = now + 600, ["jti"] = Guid.NewGuid().ToString("D") };
        foreach (var (name, value) in changes) claims[name] = value;
        return claims;
    }

    // The code of the refusal, or null for a token.
    private async Task<int?> AskAsync(JsonObject header, JsonObject claims, SignedCertificate? by = null)
    {
        using var key = RSA.Create();
        key.ImportFromPem((by ?? _signed).KeyPem);
        var signed = Encode(header) + "." + Encode(claims);
        var signature = key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, (string?)header["alg"] == "RS256" ? RSASignaturePadding.Pkcs1 : RSASignaturePadding.Pss);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = ClientId,
            ["grant_type"] = "client_credentials",
            ["scope"] = "https://graph.microsoft.com/.default",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = signed + "." + Base64Url.EncodeToString(signature),
        });
        using var response = await _client.PostAsync(new Uri(Endpoint), form);
        var body = await response.Content.ReadFromJsonAsync<JsonObject>();
        return body!.ContainsKey("access_token") ? null : (int)body["error_codes"]![0]!;
    }

    private async Task<JsonObject> GetAsync(string path) => (await _client.GetFromJsonAsync<JsonObject>(path))!;

    private async Task<(int Status, string? Message)> PatchAsync(string path, params JsonNode[] keys)
    {
        using var response = await _client.PatchAsJsonAsync(path, new JsonObject { ["keyCredentials"] = new JsonArray(keys) });
        return ((int)response.StatusCode, response.IsSuccessStatusCode ? null : (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["error"]!["message"]);
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
