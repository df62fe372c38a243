using Psoxy.Emulator.Faults;
using Psoxy.Testing;
using static Psoxy.Gcp.Tests.Caller.CallerTokens;

namespace Psoxy.Gcp.Tests.Caller;

/// <summary>Https, address and identity together, on one real process: in this order, and nothing of a later step after a refusal.</summary>
public sealed class CallerCheckTests
{
    private const string Allowed = "X-Forwarded-For: 203.0.113.9, 10.1.1.1";
    private FunctionFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync(
        null, ("ALLOWED_CALLERS", Email), ("CALLER_AUDIENCES", Url), ("ALLOWED_DATA_ACCESS_IP_BLOCKS", "203.0.113.0/24, 2001:db8:1::/48, 192.0.2.7"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    private string Good => "Authorization: Bearer " + _fixture.Emulator.Google.Sign(Claims());

    private int KeyRequests => _fixture.Emulator.MetadataRequests.All.Count(request => request.Target == "/oauth2/v3/certs");

    // First, while the keys are not known: so that a fetch would show.
    [Test]
    [Order(1)]
    public async Task A_wrong_address_is_refused_before_anybody_asks_for_keys()
    {
        var answer = await SendAsync("X-Forwarded-For: 198.51.100.7, 10.1.1.1", Good);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((403, "UNAUTHORIZED_IP_ADDRESS")));
        Assert.That(KeyRequests, Is.Zero);
    }

    [Test]
    [Order(2)]
    public async Task A_token_that_is_wrong_by_itself_is_refused_before_anybody_asks_for_keys()
    {
        var answer = await SendAsync(Allowed, "Authorization: Bearer " + _fixture.Emulator.Google.Sign(Claims(("aud", "https://other.example"))));

        Assert.That((answer.Status, answer.Error), Is.EqualTo((401, "UNAUTHORIZED_CALLER")));
        Assert.That(KeyRequests, Is.Zero);
    }

    [TestCase(FaultKind.Refuse)]
    [TestCase(FaultKind.ServerError)]
    [TestCase(FaultKind.Garbage)]
    [TestCase(FaultKind.Redirect)]
    public async Task Without_Googles_keys_nobody_gets_in(FaultKind fault)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("ALLOWED_CALLERS", Email), ("CALLER_AUDIENCES", Url), ("WARM_UP", "false"));
        fixture.Emulator.Faults.Metadata.Set(fault);
        string[] good = ["Authorization: Bearer " + fixture.Emulator.Google.Sign(Claims())];

        var answer = await RawCall.SendAsync(fixture.Function.Address, "GET /v1.0/users?$top=1", good);
        var health = await RawCall.SendAsync(fixture.Function.Address, "GET /", [.. good, "X-Psoxy-Health-Check: 1"]);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((503, "CONNECTION_TO_SOURCE")), answer.Body);
        Assert.That(answer.Headers["Retry-After"], Is.EqualTo("5"));
        Assert.That((health.Status, health.Error), Is.EqualTo((503, "CONNECTION_TO_SOURCE")), health.Body);
        Assert.That((fixture.Emulator.EntraRequests.Count, fixture.Emulator.GraphRequests.Count, fixture.Emulator.SecretManagerRequests.Count), Is.EqualTo((0, 0, 0)));
    }

    [TestCase("203.0.113.255, 10.1.1.1", 200)]
    [TestCase("203.0.114.0, 10.1.1.1", 403)]
    [TestCase("2001:db8:1:ffff::1, 10.1.1.1", 200)]
    [TestCase("2001:db8:2::1, 10.1.1.1", 403)]
    [TestCase("::ffff:203.0.113.9, 10.1.1.1", 200)]
    [TestCase("192.0.2.7, 10.1.1.1", 200)]
    [TestCase("192.0.2.8, 10.1.1.1", 403)]
    [TestCase("203.0.113.9, 198.51.100.7, 10.1.1.1", 403)]
    [TestCase("203.0.113.9", 403)]
    [TestCase("203.0.113.9:80, 10.1.1.1", 403)]
    [TestCase("", 403)]
    [Order(3)]
    public async Task Only_listed_addresses_may_call(string forwardedFor, int status)
    {
        var (entra, graph) = (_fixture.Emulator.EntraRequests.Count, _fixture.Emulator.GraphRequests.Count);

        var answer = await SendAsync("X-Forwarded-For: " + forwardedFor, Good);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((status, status == 200 ? null : "UNAUTHORIZED_IP_ADDRESS")), answer.Body);
        if (status != 200) Assert.That((_fixture.Emulator.EntraRequests.Count, _fixture.Emulator.GraphRequests.Count), Is.EqualTo((entra, graph)));
    }

    [TestCase("https", 200)]
    [TestCase("HTTPS", 200)]
    [TestCase("https, https", 200)]
    [TestCase("http", 400)]
    [TestCase("HTTP", 400)]
    [TestCase("http, https", 400)]
    [TestCase("https, http", 400)]
    [TestCase("https,", 400)]
    [TestCase("ftp", 400)]
    [TestCase("", 400)]
    [Order(4)]
    public async Task Only_https_will_do_all_the_way(string proto, int status)
    {
        var answer = await SendAsync(Allowed, Good, "X-Forwarded-Proto: " + proto);

        Assert.That((answer.Status, answer.Error), Is.EqualTo((status, status == 200 ? null : "HTTPS_REQUIRED")), answer.Body);
    }

    [Test]
    [Order(5)]
    public async Task Plain_http_is_refused_before_the_address_and_the_address_before_the_token()
    {
        Assert.That((await SendAsync("X-Forwarded-For: 198.51.100.7, 10.1.1.1", "X-Forwarded-Proto: http")).Error, Is.EqualTo("HTTPS_REQUIRED"));
        Assert.That((await SendAsync("X-Forwarded-For: 198.51.100.7, 10.1.1.1")).Error, Is.EqualTo("UNAUTHORIZED_IP_ADDRESS"));
        Assert.That((await SendAsync(Allowed)).Error, Is.EqualTo("UNAUTHORIZED_CALLER"));
    }

    private Task<Answer> SendAsync(params string[] headers) => RawCall.SendAsync(_fixture.Function.Address, "GET /v1.0/users?$top=1", headers);
}
