using Psoxy.Emulator;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>What an operator got wrong in Entra, and that the answer says so.</summary>
[TestFixture]
public sealed class EntraRefusalTests
{
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
}
