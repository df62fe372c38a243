using System.Net.Sockets;
using System.Text;
using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Log;

/// <summary>The lines that a real process writes about real requests.</summary>
public sealed class RequestLogTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Word = "ZebraInTheRequest";

    [Test]
    public async Task Every_request_has_exactly_one_line_whatever_becomes_of_it()
    {
        await using var fixture = await FunctionFixture.StartAsync();
        var user = fixture.UserId(1);
        List<string> expected = [];
        async Task SendAsync(string outcome, string target, HttpMethod? method = null, HttpContent? content = null, params (string Name, string Value)[] headers)
        {
            await fixture.SendAsync(target, method, content, headers);
            expected.Add(outcome);
        }

        await SendAsync("None Source Allowed 200", "/v1.0/users?$top=2");
        await SendAsync("None Source Allowed 200", $"/v1.0/users/{user}/mailFolders/SentItems/messages?$top=3");
        await SendAsync("BlockedByRules Source NoEndpoint 403", $"/v1.0/users/{user}/mailFolders/Inbox/messages");
        await SendAsync("BlockedByRules Source HiddenProperty 403", "/v1.0/users?$filter=startswith(displayName,'K')");
        await SendAsync("BlockedByRules Source MethodNotAllowed 403", "/v1.0/users", HttpMethod.Delete);
        await SendAsync("InvalidRequest Source MalformedPath 400", "/v1.0//users");
        await SendAsync("InvalidRequest Source DuplicateQueryOption 400", "/v1.0/users?$top=1&top=2");
        await SendAsync("InvalidRequest Unread Undecided 400", "/", HttpMethod.Post, new StringContent("{}", Encoding.UTF8, "application/json"));
        await SendAsync("None Source Allowed 200", "/", HttpMethod.Post, new StringContent("""{"path":"/v1.0/groups","query":"$top=1"}""", Encoding.UTF8, "application/json"));
        await SendAsync("None HealthCheck Undecided 200", "/", null, null, ("X-Psoxy-Health-Check", "1"));
        await SendAsync("HttpsRequired Unread Undecided 400", "/v1.0/users", null, null, ("X-Forwarded-Proto", "http"));
        await SendAsync("TokenizedRequestParameterInvalid Source Allowed 409", "/v1.0/users/p~AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        foreach (var (fault, outcome) in new[]
        {
            (FaultKind.NotFound, "ApiError Source Allowed 404"), (FaultKind.Garbage, "ApiError Source Allowed 502"), (FaultKind.Redirect, "ApiError Source Allowed 502"),
        })
        {
            fixture.Emulator.Faults.Graph.Set(fault);
            await SendAsync(outcome, "/v1.0/users?$top=1");
            fixture.Emulator.Faults.Clear();
        }

        fixture.Emulator.Faults.Graph.Set(FaultKind.Hang);
        await GoAwayAsync(fixture, "/v1.0/users?$top=1");
        expected.Add("CallerGone Source Allowed 499");
        await RequestLines.OfAsync(fixture.Function, line => line.Text("error") == "CallerGone");
        await fixture.Function.StopAsync();

        var lines = RequestLines.Of(fixture.Function.Output);
        Assert.That(lines.Select(line => $"{line.Text("error")} {line.Text("kind")} {line.Text("decision")} {line.Text("status")}"), Is.EqualTo(expected), string.Join('\n', fixture.Function.Output));
        Assert.That(lines.Select(line => line.Text("correlationId")), Is.Unique);
        Assert.That(lines.Select(line => line.GetProperty("coldStart").GetBoolean()), Is.EqualTo((bool[])[true, .. Enumerable.Repeat(false, lines.Count - 1)]));
        Assert.That(fixture.Function.Output, Has.None.Contains("Psoxy.Gcp.Log.RequestLog"), "one logger writes it, not the host's too, which would name the category");
        Assert.That(Canaries.FindIn(string.Join('\n', fixture.Function.Output)), Is.Null);
    }

    [Test]
    public async Task A_line_tells_what_was_done_and_nothing_of_whom_about()
    {
        await using var fixture = await FunctionFixture.StartAsync();
        var target = $"/v1.0/users/{fixture.UserId(1)}/mailFolders/SentItems/messages?$top=3";
        var source = await fixture.GraphAsync(target);

        var answer = await fixture.SendAsync(target, null, null, ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"), ("X-Psoxy-Skip-Sanitizer", "true"));

        var line = await RequestLines.OfAsync(fixture.Function, _ => true);
        Leaks.AssertNone(source, line.GetRawText());
        Assert.That(line.GetRawText(), Does.Not.Contain(fixture.UserId(1)).And.Not.Contain("$top"));
        Assert.That(line.Text("endpoint"), Is.EqualTo("/v1.0/users/{userId}/mailFolders/SentItems/messages"));
        Assert.That(line.Text("message"), Is.EqualTo(line.Text("endpoint")));
        Assert.That(line.Text("severity"), Is.EqualTo("INFO"));
        Assert.That(line.Text("logging.googleapis.com/trace"), Is.EqualTo($"projects/psoxy-emulator/traces/{Trace}"), "the project is that of the salt's secret");
        Assert.That(line.Text("logging.googleapis.com/spanId"), Is.EqualTo("00f067aa0ba902b7"));
        Assert.That(line.GetProperty("logging.googleapis.com/trace_sampled").GetBoolean(), Is.True);
        Assert.That(line.GetProperty("logging.googleapis.com/labels").GetProperty("connector").GetString(), Is.EqualTo("outlook-mail"));
        Assert.That(line.GetProperty("logging.googleapis.com/labels").GetProperty("rules").GetString(), Is.EqualTo(answer.Headers["X-Psoxy-Rules-SHA"]));
        Assert.That(line.GetProperty("bytesIn").GetInt64(), Is.EqualTo(Encoding.UTF8.GetByteCount(source)), "decompressed");
        Assert.That(line.GetProperty("bytesOut").GetInt64(), Is.EqualTo(Encoding.UTF8.GetByteCount(answer.Body)));
        Assert.That(line.GetProperty("dropped").GetInt64(), Is.GreaterThan(0));
        Assert.That(line.GetProperty("changed").GetInt64(), Is.GreaterThan(0));
        Assert.That(line.GetProperty("ignoredHeaders").GetInt32(), Is.EqualTo(1));
        Assert.That(line.GetProperty("sourceStatus").GetInt32(), Is.EqualTo(200));
        var milliseconds = line.GetProperty("ms");
        Assert.That(milliseconds.GetProperty("graph").GetDouble() + milliseconds.GetProperty("relay").GetDouble(), Is.GreaterThan(0).And.LessThanOrEqualTo(milliseconds.GetProperty("total").GetDouble() + 0.2), "of the whole");
    }

    [Test]
    public async Task A_refusal_names_the_nearest_endpoint_and_why_it_failed()
    {
        await using var fixture = await FunctionFixture.StartAsync();

        await fixture.SendAsync($"/v1.0/users/{Word}/mailFolders/{Word}/messages?$search={Word}");
        await fixture.SendAsync($"/v1.0/users?$filter=displayName%20eq%20'{Word}'&$top=1");

        var path = await RequestLines.OfAsync(fixture.Function, line => line.Text("decision") == "NoEndpoint");
        Assert.That((path.Text("nearestEndpoint"), path.Text("differsAt"), path.Text("endpoint")), Is.EqualTo(("/v1.0/users/{userId}/mailFolders/SentItems/messages", "5", (string?)null)));
        var filter = await RequestLines.OfAsync(fixture.Function, line => line.Text("decision") == "HiddenProperty");
        Assert.That((filter.Text("nearestEndpoint"), filter.Text("detail"), filter.Text("differsAt")), Is.EqualTo(("/v1.0/users", "$filter", (string?)null)));
        Assert.That(string.Join('\n', fixture.Function.Output), Does.Not.Contain(Word));
    }

    [Test]
    public async Task Graphs_own_words_are_not_told_but_its_code_and_id_are()
    {
        await using var fixture = await FunctionFixture.StartAsync();
        fixture.Emulator.Faults.Graph.Set(FaultKind.NotFound);

        var answer = await fixture.SendAsync($"/v1.0/users/{fixture.UserId(1)}");

        var line = await RequestLines.OfAsync(fixture.Function, _ => true);
        Assert.That((line.Text("sourceStatus"), line.Text("sourceError"), line.Text("severity")), Is.EqualTo(("404", "Request_ResourceNotFound", "WARNING")));
        Assert.That(line.Text("correlationId"), Is.EqualTo(answer.Json.GetProperty("error").GetProperty("correlationId").GetString()), "the answer's id finds it");
        Assert.That(line.Text("sourceRequestId"), Is.EqualTo(answer.Json.GetProperty("error").GetProperty("innerError").GetProperty("request-id").GetString()));
        Assert.That(Canaries.FindIn(line.GetRawText()), Is.Null);
    }

    [Test]
    public async Task Nothing_that_a_caller_writes_gets_into_the_log()
    {
        await using var fixture = await FunctionFixture.StartAsync();
        string[] names =
        [
            "traceparent", "tracestate", "baggage", "X-Cloud-Trace-Context", "User-Agent", "Referer", "X-Forwarded-For", "X-Request-Id", "client-request-id", "request-id", "Request-Id",
            "Correlation-Context", "ConsistencyLevel", "Prefer", "X-Psoxy-TargetQuery", "X-Psoxy-Pseudonym-Implementation", "Authorization", "Cookie", Word,
        ];
        foreach (var name in names) await fixture.SendAsync("/v1.0/users?$top=1", null, null, (name, Word));
        foreach (var target in (string[])[$"/{Word}", $"/v1.0/{Word}", $"/v1.0/users/{Word}", $"/v1.0/users?{Word}={Word}", $"/v1.0/users?$select={Word}", $"/v1.0/users/%2e{Word}", $"/v1.0/users?$skiptoken={Word}"])
            await fixture.SendAsync(target);
        await fixture.SendAsync("/v1.0/users", new HttpMethod(Word.ToUpperInvariant()));
        await fixture.SendAsync("/", HttpMethod.Post, new StringContent($$"""{"path":"/v1.0/users","query":"$top=1","headers":{"{{Word}}":"{{Word}}"} }""", Encoding.UTF8, "application/json"));
        await fixture.SendAsync("/", HttpMethod.Post, new StringContent($$"""{"{{Word}}":"{{Word}}"}""", Encoding.UTF8, "application/json"));
        await fixture.Function.StopAsync();

        Assert.That(RequestLines.Of(fixture.Function.Output), Has.Count.EqualTo(names.Length + 10));
        Assert.That(string.Join('\n', fixture.Function.Output), Does.Not.Contain(Word).IgnoreCase);
    }

    [Test]
    public async Task No_setting_of_log_levels_lets_a_URL_into_the_log()
    {
        await using var fixture = await FunctionFixture.StartAsync(
            null,
            ("Logging__LogLevel__Default", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Server.Kestrel.Connections", "Trace"),
            ("Logging__LogLevel__Psoxy.Gcp.Log.RequestLog", "None"),
            ("Logging__LogLevel__System", "Trace"));

        await fixture.SendAsync($"/v1.0/users/{Word}?$select={Word}");
        await fixture.Function.StopAsync();

        Assert.That(RequestLines.Of(fixture.Function.Output), Has.Count.EqualTo(1), "nor keeps a request's line out of it");
        Assert.That(string.Join('\n', fixture.Function.Output), Does.Not.Contain(Word).And.Not.Contain("Request starting"));
    }

    [Test]
    public async Task Nothing_that_a_caller_writes_about_traces_reaches_anybody()
    {
        await using var fixture = await FunctionFixture.StartAsync(null, ("WARM_UP", "false"));

        var answer = await fixture.SendAsync(
            "/v1.0/users?$top=1", null, null, ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"), ("tracestate", "a=" + Word), ("baggage", "user=" + Word), ("X-Cloud-Trace-Context", Trace + "/1;o=1"));

        Assert.That(answer.Status, Is.EqualTo(200));
        AssertUntraced(fixture.Emulator);
    }

    internal static void AssertUntraced(EmulatorHost emulator)
    {
        foreach (var (who, requests) in new[] { ("metadata", emulator.MetadataRequests), ("Entra", emulator.EntraRequests), ("Graph", emulator.GraphRequests), ("Secret Manager", emulator.SecretManagerRequests) })
        {
            Assert.That(requests.Count, Is.GreaterThan(0), who + " was asked");
            foreach (var request in requests.All)
            {
                Assert.That(request.Headers.Keys.Intersect(["traceparent", "tracestate", "baggage", "Correlation-Context", "X-Cloud-Trace-Context", "Request-Id"], StringComparer.OrdinalIgnoreCase), Is.Empty, who);
                Assert.That(string.Join('\n', request.Headers.Values), Does.Not.Contain(Trace).And.Not.Contain(Word), who);
            }
        }
    }

    private static async Task GoAwayAsync(FunctionFixture fixture, string target)
    {
        var before = fixture.Emulator.GraphRequests.Count;
        using var socket = new TcpClient();
        await socket.ConnectAsync(fixture.Function.Address.Host, fixture.Function.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.That(() => fixture.Emulator.GraphRequests.Count, Is.GreaterThan(before).After(20_000, 20), "it is on its way to Graph");
    }
}
