using System.Globalization;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Log;
using Psoxy.Gcp.Replies;
using Psoxy.Gcp.Tests.Log;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Telemetry;

/// <summary>What a real process sends to a real OTLP receiver, and that it sends nothing unless it is told to.</summary>
public sealed class ExportTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static IEnumerable<string> Connectors() => ConnectorCatalog.All.Select(connector => connector.Id);

    private const string Sent = "/v1.0/users/{userId}/mailFolders/SentItems/messages";

    [TestCase(false)]
    [TestCase(true)]
    public async Task Spans_and_metrics_tell_what_the_line_tells_and_nothing_of_whom_about(bool isGrpc)
    {
        await using var receiver = await TelemetryReceiver.StartAsync(isGrpc);
        await using var fixture = await FunctionFixture.StartAsync(null, [("WARM_UP", "false"), ("OTEL_RESOURCE_ATTRIBUTES", "owner=Kanarie"), .. receiver.Environment]);
        var target = $"/v1.0/users/{fixture.UserId(1)}/mailFolders/SentItems/messages?$top=3";
        var source = await fixture.GraphAsync(target);

        var answer = await fixture.SendAsync(target, null, null, ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"), ("tracestate", "a=Kanarie"), ("baggage", "user=Kanarie"));
        await fixture.SendAsync("/v1.0/users/kanarie@contoso.example/mailFolders/Kanarie/messages?$search=Kanarie");
        await fixture.SendAsync("/v1.0/users?$filter=displayName%20eq%20'Kanarie'");
        var line = await RequestLines.OfAsync(fixture.Function, line => line.Text("endpoint") == Sent);
        await fixture.Function.StopAsync();

        Assert.That(answer.Status, Is.EqualTo(200));
        Leaks.AssertNone(source, receiver.Everything);
        Assert.That(receiver.Everything, Does.Not.Contain(fixture.UserId(1)).And.Not.Contain("$top").And.Not.Contain("127.0.0.1").And.Not.Contain("localhost"));
        AssertOurs(receiver, "outlook-mail");
        RequestLogTests.AssertUntraced(fixture.Emulator);

        var request = receiver.Spans.Single(span => span.Name == "psoxy.request" && span.Attributes.GetValueOrDefault("psoxy.endpoint") == Sent);
        Assert.That((request.TraceId, request.ParentId, request.TraceState), Is.EqualTo((Trace, "00f067aa0ba902b7", "")), "under the caller's span, without its free text");
        Assert.That((request.Attributes["psoxy.correlation_id"], request.Attributes["http.response.status_code"]), Is.EqualTo((line.Text("correlationId"), "200")));
        Assert.That(line.Text("logging.googleapis.com/spanId"), Is.EqualTo(request.SpanId), "the line hangs on the span");
        Assert.That(receiver.Spans.Where(span => span.ParentId == request.SpanId).Select(span => span.Name), Is.EquivalentTo((string[])["psoxy.secrets", "psoxy.identity", "psoxy.graph", "psoxy.relay"]));
        Assert.That(receiver.Spans.Where(span => span.Name == "psoxy.request").Select(span => span.Attributes.GetValueOrDefault("psoxy.nearest_endpoint")), Is.EquivalentTo((string?[])[null, Sent, "/v1.0/users"]));

        var last = receiver.Points.GroupBy(point => (point.Metric, Tags(point))).Select(group => group.Last()).ToList();
        Assert.That(last.Where(point => point.Metric == "psoxy.requests").Select(point => (point.Attributes["psoxy.decision"], point.Value)), Is.EquivalentTo(((string, double)[])[("Allowed", 1), ("NoEndpoint", 1), ("HiddenProperty", 1)]));
        var bytes = last.Single(point => point.Metric == "psoxy.source.bytes");
        Assert.That((bytes.Attributes["psoxy.endpoint"], bytes.Value), Is.EqualTo((Sent, (double)line.GetProperty("bytesIn").GetInt64())));
        Assert.That(last.Single(point => point.Metric == "psoxy.properties.dropped").Value, Is.EqualTo(line.GetProperty("dropped").GetInt64()));
        Assert.That(last.Where(point => point.Metric == "psoxy.request.duration").Sum(point => point.Count), Is.EqualTo(3));
        Assert.That(last.Where(point => point.Metric == "psoxy.stage.duration").Select(point => point.Attributes["psoxy.stage"]), Is.SupersetOf((string[])["secrets", "identity", "graph", "relay"]));
        Assert.That(last.Single(point => point.Metric == "psoxy.token.age").Value, Is.InRange(0, 3600));
    }

    [TestCaseSource(nameof(Connectors))]
    public async Task Nothing_of_any_answer_of_any_connector_is_sent(string id)
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        await using var fixture = await FunctionFixture.StartConnectorAsync(id, ConnectorCatalog.Find(id)!.FunctionClass, receiver.Environment);
        var sources = "";
        var asked = 0;
        foreach (var sample in fixture.Emulator.Tenant.Samples.Where(sample => sample.ConnectorId == id))
        {
            sources += await fixture.GraphAsync(sample.Target);
            await fixture.SendAsync(sample.Target, null, null, ("ConsistencyLevel", "eventual"));
            asked++;
        }

        await fixture.Function.StopAsync();

        Leaks.AssertNone(sources, receiver.Everything, string.Join('\n', fixture.Function.Output));
        AssertOurs(receiver, id);
        Assert.That(receiver.Spans.Count(span => span.Name == "psoxy.request"), Is.EqualTo(asked));
        Assert.That(RequestLines.Of(fixture.Function.Output), Has.Count.EqualTo(asked));
        TestContext.Out.WriteLine($"{id}: {asked} requests, {receiver.Spans.Count} spans and {receiver.Points.Count} points, no canary");
    }

    [Test]
    public async Task Without_configuration_nothing_is_sent_nor_loaded()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        await using var without = await FunctionFixture.StartAsync();
        await using var with = await FunctionFixture.StartAsync(null, receiver.Environment);
        Assert.That((await without.SendAsync("/v1.0/users?$top=1")).Status, Is.EqualTo(200));
        Assert.That((await with.SendAsync("/v1.0/users?$top=1")).Status, Is.EqualTo(200));

        Assert.That(await LoadedAsync(with), Has.Some.Contains("OpenTelemetry"), "where it is on, the file shows it");
        Assert.That(await LoadedAsync(without), Has.Some.Contains("Psoxy.Core").And.None.Contains("OpenTelemetry"));
        await without.Function.StopAsync();
        Assert.That(receiver.Spans.Count(span => span.Name == "psoxy.request"), Is.AtMost(1), "the other function's");
    }

    [Test]
    public async Task A_receiver_that_is_not_there_keeps_no_request_waiting_nor_the_end()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        var environment = receiver.Environment;
        await receiver.DisposeAsync();
        await using var fixture = await FunctionFixture.StartAsync(null, environment);

        Assert.That((await fixture.SendAsync("/v1.0/users?$top=1")).Status, Is.EqualTo(200));
        Assert.That(await fixture.Function.StopAsync(), Is.Zero);
        Assert.That(RequestLines.Of(fixture.Function.Output), Has.Count.EqualTo(1));
    }

    // Every text that left is a word of the program's or of the rules': the law behind the canaries.
    private static void AssertOurs(TelemetryReceiver receiver, string id)
    {
        var connector = ConnectorCatalog.Find(id)!;
        var rules = RulesLoader.Load(connector.RulesYaml, "rules").Rules!;
        HashSet<string> ours =
        [
            "", "none", "GET", connector.Id, "psoxy-" + id, rules.Sha1, Reply.Version, .. rules.Endpoints.Select(endpoint => endpoint.Name), .. Enum.GetNames<GateReason>(), .. Enum.GetNames<ProxyError>(),
            .. Enum.GetNames<CallerVerdict>(), .. Enum.GetNames<RequestKind>(), .. Enum.GetNames<Stage>().Select(stage => stage.ToLowerInvariant()),
        ];
        var attributes = receiver.Resources.Concat(receiver.Spans.SelectMany(span => span.Attributes)).Concat(receiver.Points.SelectMany(point => point.Attributes)).ToList();
        Assert.That(attributes, Has.Count.AtLeast(30));
        foreach (var (name, value) in attributes)
        {
            Assert.That(name, Does.StartWith("psoxy.").Or.EqualTo("http.request.method").Or.EqualTo("http.response.status_code").Or.StartWith("service."));
            Assert.That(ours.Contains(value) || Guid.TryParse(value, out _) || long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _), Is.True, $"{name}={value}");
        }

        Assert.That(receiver.Spans.Sum(span => span.Events), Is.Zero, "no exceptions, no logs");
    }

    private static string Tags(ReceivedPoint point) => string.Join(',', point.Attributes.OrderBy(tag => tag.Key, StringComparer.Ordinal));

    private static Task<string[]> LoadedAsync(FunctionFixture fixture) => File.ReadAllLinesAsync($"/proc/{fixture.Function.Id.ToString(CultureInfo.InvariantCulture)}/maps");
}
