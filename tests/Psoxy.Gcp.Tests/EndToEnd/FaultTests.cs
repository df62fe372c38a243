using System.Diagnostics;
using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.EndToEnd;

/// <summary>Each fault of each dependency: what the caller is told, that nothing leaks, and that the next request works.</summary>
[TestFixture]
public sealed class FaultTests
{
    private static readonly List<string> Table = [];

    [OneTimeTearDown]
    public void PrintTable() => TestContext.Progress.WriteLine("dependency fault -> status error ms\n" + string.Join('\n', Table));

    [TestCase(FaultKind.Refuse, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Slow, 200, null)]
    [TestCase(FaultKind.Cut, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Garbage, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Unauthorized, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Forbidden, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.NotFound, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.ServerError, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.ExpiredToken, 500, "CONNECTION_SETUP")]
    public Task Metadata(FaultKind fault, int status, string? error) => CheckAsync("metadata", faults => faults.Metadata, fault, status, error);

    [TestCase(FaultKind.Refuse, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Slow, 200, null)]
    [TestCase(FaultKind.Cut, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Garbage, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.WrongContentType, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Redirect, 500, "CONNECTION_SETUP")]
    [TestCase(FaultKind.Unauthorized, 500, "CONNECTION_SETUP")]
    [TestCase(FaultKind.Forbidden, 500, "CONNECTION_SETUP")]
    [TestCase(FaultKind.Throttled, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.ServerError, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Unavailable, 503, "CONNECTION_TO_SOURCE")]
    public Task Entra(FaultKind fault, int status, string? error) => CheckAsync("entra", faults => faults.Entra, fault, status, error);

    [TestCase(FaultKind.Refuse, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Slow, 200, null)]
    [TestCase(FaultKind.Cut, 502, "API_ERROR")]
    [TestCase(FaultKind.Garbage, 502, "API_ERROR")]
    [TestCase(FaultKind.WrongContentType, 502, "API_ERROR")]
    [TestCase(FaultKind.Redirect, 502, "API_ERROR")]
    [TestCase(FaultKind.Unauthorized, 401, "API_ERROR")]
    [TestCase(FaultKind.Forbidden, 403, "API_ERROR")]
    [TestCase(FaultKind.NotFound, 404, "API_ERROR")]
    [TestCase(FaultKind.Throttled, 429, "API_ERROR")]
    [TestCase(FaultKind.ServerError, 500, "API_ERROR")]
    [TestCase(FaultKind.BadGateway, 502, "API_ERROR")]
    [TestCase(FaultKind.Unavailable, 503, "API_ERROR")]
    [TestCase(FaultKind.GatewayTimeout, 504, "API_ERROR")]
    public Task Graph(FaultKind fault, int status, string? error) => CheckAsync("graph", faults => faults.Graph, fault, status, error);

    [TestCase(FaultKind.Refuse, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.Slow, 200, null)]
    [TestCase(FaultKind.Forbidden, 500, "CONFIGURATION_FAILURE")]
    [TestCase(FaultKind.Unavailable, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.ServerError, 503, "CONNECTION_TO_SOURCE")]
    [TestCase(FaultKind.ExpiredToken, 503, "CONNECTION_TO_SOURCE")]
    public Task SecretManager(FaultKind fault, int status, string? error) => CheckAsync("secrets", faults => faults.SecretManager, fault, status, error);

    [TestCase("metadata")]
    [TestCase("secrets")]
    [TestCase("graph")]
    public async Task What_hangs_is_given_up(string dependency)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("REQUEST_TIMEOUT_SECONDS", "20"), ("WARM_UP", "false"));
        var faults = dependency switch { "metadata" => fixture.Emulator.Faults.Metadata, "secrets" => fixture.Emulator.Faults.SecretManager, _ => fixture.Emulator.Faults.Graph };
        faults.Set(FaultKind.Hang);
        var watch = Stopwatch.StartNew();

        var answer = await fixture.SendAsync("/v1.0/users?$top=1");

        Table.Add($"{dependency} Hang -> {answer.Status} {answer.Error} {watch.ElapsedMilliseconds}");
        Assert.That((answer.Status, answer.Error), Is.EqualTo(dependency == "graph" ? (504, "SOURCE_API_READ_TIMEOUT") : (503, "CONNECTION_TO_SOURCE")));
        fixture.Emulator.Faults.Clear();
        Assert.That((await fixture.SendAsync("/v1.0/users?$top=1")).Status, Is.EqualTo(200), "the next request works");
    }

    [Test]
    public async Task A_fault_after_the_held_back_part_aborts_the_connection()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("RESPONSE_BUFFER_BYTES", "2000"));
        fixture.Emulator.StreamedPage = new(4000, TimeSpan.Zero);
        fixture.Emulator.Faults.Graph.Set(FaultKind.Cut);

        Assert.That(
            async () => await fixture.SendAsync($"/v1.0/users/{fixture.UserId(0)}/mailFolders/SentItems/messages"),
            Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>(),
            "a part must not pass for the whole");
        fixture.Emulator.Faults.Clear();
        fixture.Emulator.StreamedPage = null;
        Assert.That((await fixture.SendAsync("/v1.0/users?$top=1")).Status, Is.EqualTo(200), "the next request works");
    }

    [TestCase("wrong issuer", "AADSTS700211")]
    [TestCase("wrong subject", "AADSTS700213")]
    [TestCase("wrong audience", "AADSTS700212")]
    [TestCase("object id for client id", "AADSTS700016")]
    [TestCase("unknown tenant", "AADSTS90002")]
    [TestCase("no service principal", "AADSTS7000229")]
    [TestCase("disabled", "AADSTS7000112")]
    public async Task Entras_refusal_names_the_code_and_the_fix(string mistake, string code)
    {
        var options = new EmulatorOptions();
        options = mistake switch
        {
            "wrong issuer" => options with { CredentialIssuer = "https://accounts.google.com/" },
            "wrong subject" => options with { CredentialSubject = "psoxy-outlook-mail@psoxy-emulator.iam.gserviceaccount.com" },
            "wrong audience" => options with { CredentialAudience = "api://Other" },
            "no service principal" => options with { HasServicePrincipal = false },
            "disabled" => options with { IsDisabled = true },
            _ => options,
        };
        var change = mistake switch
        {
            "object id for client id" => ("CLIENT_ID", options.ObjectId),
            "unknown tenant" => ("TENANT_ID", Guid.NewGuid().ToString()),
            _ => ("CLOUD", "global"),
        };
        await using var fixture = await FunctionFixture.StartAsync(options, change);

        var answer = await fixture.SendAsync("/v1.0/users");

        Assert.That((answer.Status, answer.Error), Is.EqualTo((500, "CONNECTION_SETUP")));
        Assert.That(answer.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain(code).And.Contain(":"));
        Assert.That(Canaries.FindIn(answer.Everything + string.Join('\n', fixture.Function.Output)), Is.Null);
    }

    [Test]
    public async Task Consent_given_after_the_token_was_made_is_noticed()
    {
        await using var fixture = await FunctionFixture.StartAsync(new EmulatorOptions { GrantedRoles = [] });
        var before = await fixture.SendAsync("/v1.0/users?$top=1");
        Assert.That((before.Status, before.Error), Is.EqualTo((403, "API_ERROR")));
        fixture.Emulator.GrantedRoles = ["User.Read.All"];

        var after = await fixture.SendAsync("/v1.0/users?$top=1");

        Assert.That(after.Status, Is.EqualTo(200), after.Body);
    }

    private static async Task CheckAsync(string dependency, Func<FaultBoard, FaultSwitch> choose, FaultKind fault, int status, string? error)
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"));
        choose(fixture.Emulator.Faults).Set(fault);
        var watch = Stopwatch.StartNew();

        var answer = await fixture.SendAsync("/v1.0/users?$top=2");

        Table.Add($"{dependency} {fault} -> {answer.Status} {answer.Error} {watch.ElapsedMilliseconds}");
        Assert.That((answer.Status, answer.Error), Is.EqualTo((status, error)), answer.Body + string.Join('\n', fixture.Function.Output));
        Assert.That(Canaries.FindIn(answer.Everything), Is.Null);
        Assert.That(Canaries.FindIn(string.Join('\n', fixture.Function.Output)), Is.Null);
        if (answer.Error is "CONNECTION_TO_SOURCE") Assert.That(answer.Headers.Keys, Does.Contain("Retry-After"));
        if (error is not null && status != 403) Assert.That(answer.Json.GetProperty("error").GetProperty("correlationId").GetString(), Is.Not.Empty);
        fixture.Emulator.Faults.Clear();

        // MSAL keeps to a Retry-After without asking again, so after one the next request is still told to wait.
        if (fault is FaultKind.Throttled or FaultKind.Unavailable && dependency == "entra") return;
        Assert.That((await fixture.SendAsync("/v1.0/users?$top=2")).Status, Is.EqualTo(200), "the next request works");
    }
}
