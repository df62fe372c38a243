using Psoxy.Emulator;
using Psoxy.Gcp.Identity;

namespace Psoxy.Gcp.Tests.Identity;

public sealed class EntraRefusalTests
{
    private const string Trace = "0b1f3c55-6d1e-4d7e-8a6d-111111111111";
    private const string Correlation = "6c2a9d10-0f2b-4f43-9c1e-222222222222";

    [Test]
    public void Codes_ids_and_time_are_taken_and_nothing_else()
    {
        const string body = $$"""
            {"error":"invalid_client","error_description":"AADSTS7000112: Application 'Kanarie App' of Kanarie Tenant is disabled. Trace ID: {{Trace}}","error_codes":[7000112],
             "timestamp":"2026-11-24 10:00:00Z","trace_id":"{{Trace}}","correlation_id":"{{Correlation}}","error_uri":"https://login.microsoftonline.com/error?code=7000112","claims":"Kanarie"}
            """;
        Assert.That(Canaries.FindIn(body), Is.Not.Null);

        var refusal = EntraRefusal.Read(body);

        Assert.That((refusal.Code, refusal.TraceId, refusal.CorrelationId, refusal.Timestamp), Is.EqualTo((7000112, Trace, Correlation, "2026-11-24 10:00:00Z")));
        Assert.That(refusal.Error!.Cause, Is.EqualTo("The enterprise application is disabled."));
        Assert.That(refusal.Whereabouts(), Is.EqualTo($" Trace id {Trace}. Correlation id {Correlation}. At 2026-11-24 10:00:00Z."));
        Assert.That(Canaries.FindIn(refusal + refusal.Whereabouts()), Is.Null);
    }

    [TestCase("""{"error_codes":[53003,700213]}""", 53003, 700213)]
    [TestCase("""{"error_codes":["700213",null,{},-5,1e99,700016]}""", 700016)]
    [TestCase("""{"error_description":"AADSTS700024: Client assertion is not within its valid time range."}""", 700024)]
    [TestCase("""{"error_description":"AADSTS70021","error_codes":[]}""", 70021)]
    [TestCase("""{"error_description":"A configuration issue... Original exception: AADSTS7000229: x AADSTS90002: y AADSTS: z AADSTS99999999999999"}""", 7000229, 90002)]
    [TestCase("""{"error_description":5,"error_codes":"700213"}""")]
    [TestCase("""{"error":"invalid_client"}""")]
    [TestCase("[700213]")]
    [TestCase("<html>AADSTS700213</html>")]
    [TestCase("")]
    [TestCase(null)]
    public void Whatever_the_body_is_something_can_be_said(string? body, params int[] codes) => Assert.That(EntraRefusal.Read(body).Codes, Is.EqualTo(codes));

    [TestCase("""{"trace_id":"Kanarie Person","correlation_id":"{6c2a9d10-0f2b-4f43-9c1e-222222222222}","timestamp":"Kanarie day"}""")]
    [TestCase("""{"trace_id":1,"correlation_id":null,"timestamp":["2026-11-24 10:00:00Z"]}""")]
    [TestCase("""{"timestamp":"2026-11-24T10:00:00Z Kanarie"}""")]
    public void What_is_no_id_and_no_time_is_left_out(string body) => Assert.That(EntraRefusal.Read(body).Whereabouts(), Is.Empty);

    [Test]
    public void Many_codes_are_cut_off() => Assert.That(EntraRefusal.Read($$"""{"error_codes":[{{string.Join(',', Enumerable.Range(10000, 500))}}]}""").Codes, Has.Count.EqualTo(8));
}
