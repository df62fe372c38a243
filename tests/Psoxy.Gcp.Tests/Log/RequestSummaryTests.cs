using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Log;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Tests.Log;

/// <summary>What a request's line can hold at all, and how it is written.</summary>
public sealed class RequestSummaryTests
{
    private static readonly Type[] Harmless = [typeof(bool), typeof(int), typeof(long), typeof(TimeSpan), typeof(Guid), typeof(TraceContext), typeof(OwnText)];

    [Test]
    public void Has_no_place_for_a_text_that_is_not_ours()
    {
        var others = typeof(RequestSummary).GetProperties().Where(property => !property.PropertyType.IsEnum && !Harmless.Contains(property.PropertyType)).Select(property => property.Name);

        Assert.That(others, Is.Empty);
        Assert.That(typeof(OwnText).GetConstructors(BindingFlags.Public | BindingFlags.Instance), Is.Empty);
        Assert.That(
            typeof(OwnText).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.GetParameters().Single().ParameterType.Name.TrimEnd('&')),
            Is.EquivalentTo((string[])["Connector", "Endpoint", "Decision", "RuleSet", "SourceError"]),
            "each is made of something that is ours");
    }

    [Test]
    public void A_code_of_Graphs_is_told_only_if_it_is_known()
    {
        Assert.That(OwnText.Of(new SourceError("TooManyRequests", null, null, null)).Value, Is.EqualTo("TooManyRequests"));
        Assert.That(OwnText.Of(new SourceError("Kanarie.Person", null, null, null)).Value, Is.EqualTo("other"));
        Assert.That(OwnText.Of((SourceError?)null).Value, Is.Null);
    }

    [Test]
    public void A_line_is_one_line_and_goes_only_to_its_own_logger()
    {
        using var output = new MemoryStream();
        using var provider = new RequestLogProvider(output, new object(), "my-project");
        static string Text(RequestSummary summary, Exception? _) => RequestLine.Message(summary);
        var sample = Sample();

        provider.CreateLogger("Psoxy.Gcp.ProxyFunction").Log(LogLevel.Information, default, sample, null, Text);
        provider.CreateLogger(RequestLogProvider.Category).Log(LogLevel.Information, default, "kanarie", null, (state, _) => state);
        Assert.That(output.Length, Is.Zero, "another category, and another state");
        provider.CreateLogger(RequestLogProvider.Category).Log(LogLevel.Warning, default, sample, null, Text);
        provider.CreateLogger(RequestLogProvider.Category).Log(LogLevel.Warning, default, sample, null, Text);

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n');
        Assert.That(lines, Has.Length.EqualTo(3).And.ItemAt(2).Empty);
        Assert.That(lines[0], Is.EqualTo(lines[1]), "the second owes nothing to the first");
        using var line = JsonDocument.Parse(lines[0]);
        Assert.That(line.RootElement.GetProperty("logging.googleapis.com/trace").GetString(), Is.EqualTo("projects/my-project/traces/4bf92f3577b34da6a3ce929d0e0e4736"));
        Assert.That(line.RootElement.GetProperty("severity").GetString(), Is.EqualTo("WARNING"));
        Assert.That(line.RootElement.GetProperty("message").GetString(), Is.EqualTo("ApiError: /v1.0/users/{userId}/mailFolders('SentItems')/messages"));
        Assert.That(
            line.RootElement.GetProperty("httpRequest").GetRawText(),
            Is.EqualTo("""{"requestMethod":"GET","status":502,"responseSize":"9000000000","latency":"1.234568s"}"""),
            "no URL, user agent, referrer or address");
    }

    [Test]
    public void The_page_names_every_field_and_no_other()
    {
        var written = Fields(JsonDocument.Parse(LineOf(Sample())).RootElement, "")
            .Concat(Fields(JsonDocument.Parse(LineOf(Sample() with { IsAllowed = false })).RootElement, "")).Distinct();
        var page = File.ReadAllLines(Path.Combine(Repository, "docs", "observability.md"));
        var documented = page.SkipWhile(line => line != "## Fields of the line").TakeWhile(line => line != "## Questions").Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split(',').Select(name => name.Trim(' ', '`')));

        Assert.That(documented, Is.EquivalentTo(written));
        var asked = System.Text.RegularExpressions.Regex.Matches(string.Join('\n', page), "json_?[pP]ayload\\.([A-Za-z.]+)", default, TimeSpan.FromSeconds(1)).Select(match => match.Groups[1].Value).ToList();
        Assert.That(asked, Has.Count.AtLeast(30));
        Assert.That(asked.Except(written), Is.Empty, "the queries ask for fields that there are");
    }

    [Test]
    public void The_page_names_every_metric_and_span()
    {
        var page = File.ReadAllText(Path.Combine(Repository, "docs", "observability.md"));
        var source = File.ReadAllText(Path.Combine(Repository, "functions", "Psoxy.Gcp", "Telemetry", "Signals.cs")) + File.ReadAllText(Path.Combine(Repository, "functions", "Psoxy.Gcp", "Telemetry", "TelemetryExport.cs"));
        var names = System.Text.RegularExpressions.Regex.Matches(source, "\"((?:psoxy|http|service)\\.[a-z_.]+)\"", default, TimeSpan.FromSeconds(1)).Select(match => match.Groups[1].Value)
            .Where(name => name != "psoxy.").Distinct().ToList();

        Assert.That(names, Has.Count.AtLeast(20));
        Assert.That(names.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
        foreach (var stage in Enum.GetNames<Stage>()) Assert.That(page, Does.Contain($"`psoxy.{stage.ToLowerInvariant()}`"));
    }

    [TestCase(nameof(ProxyError.None), "INFO")]
    [TestCase(nameof(ProxyError.BlockedByRules), "WARNING")]
    [TestCase(nameof(ProxyError.UnauthorizedCaller), "WARNING")]
    [TestCase(nameof(ProxyError.ConnectionToSource), "WARNING")]
    [TestCase(nameof(ProxyError.CallerGone), "WARNING")]
    [TestCase(nameof(ProxyError.ConnectionSetup), "ERROR")]
    [TestCase(nameof(ProxyError.ConfigurationFailure), "ERROR")]
    [TestCase(nameof(ProxyError.Unknown), "ERROR")]
    public void What_stays_until_somebody_acts_is_an_error(string error, string severity)
    {
        using var line = JsonDocument.Parse(LineOf(Sample() with { Error = Enum.Parse<ProxyError>(error) }));

        Assert.That(line.RootElement.GetProperty("severity").GetString(), Is.EqualTo(severity));
    }

    [Test]
    public void A_line_costs_little_memory()
    {
        using var provider = new RequestLogProvider(Stream.Null, new object(), "my-project");
        var logger = provider.CreateLogger(RequestLogProvider.Category);
        var summary = Sample() with { Error = ProxyError.None };
        void Write() => logger.Log(LogLevel.Information, default, summary, null, static (state, _) => "");
        for (var time = 0; time < 100; time++) Write();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < 100; time++) Write();
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var time = 0; time < 10_000; time++) Write();

        TestContext.Out.WriteLine($"{each} bytes and {watch.Elapsed.TotalMicroseconds / 10_000:F1} µs a line");
        Assert.That(each, Is.AtMost(400), "the trace's name and little else");
    }

    private static string Repository { get; } = typeof(RequestSummaryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;

    private static string LineOf(RequestSummary summary)
    {
        using var line = new RequestLine();
        return Encoding.UTF8.GetString(line.Write(summary, RequestSeverity.Of(summary.Error), "my-project"));
    }

    private static IEnumerable<string> Fields(JsonElement element, string prefix)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Object) yield return prefix + member.Name;
            else foreach (var inner in Fields(member.Value, prefix + member.Name + ".")) yield return inner;
        }
    }

    private static RequestSummary Sample()
    {
        var connector = ConnectorCatalog.Find("outlook-mail")!;
        var rules = RulesLoader.Load(connector.RulesYaml, "rules").Rules!;
        return new()
        {
            CorrelationId = new Guid("11111111-2222-3333-4444-555555555555"),
            Trace = TraceContext.Of(new Microsoft.AspNetCore.Http.HeaderDictionary { ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" }),
            Connector = OwnText.Of(connector),
            Rules = OwnText.Of(rules),
            IsColdStart = true,
            Kind = RequestKind.Source,
            Method = RequestMethod.Get,
            Caller = CallerVerdict.Accepted,
            CallerEntry = 2,
            IsAllowed = true,
            Decision = GateReason.Allowed,
            Detail = OwnText.Of(new Decision(Outcome.Deny, GateReason.HiddenProperty, null, null, "$filter")),
            Endpoint = OwnText.Of(rules.Endpoints.Single(endpoint => endpoint.Name.EndsWith("('SentItems')/messages", StringComparison.Ordinal))),
            DiffersAt = 3,
            Error = ProxyError.ApiError,
            Status = 502,
            SourceStatus = 429,
            SourceError = OwnText.Of(new SourceError("TooManyRequests", null, null, null)),
            SourceRequestId = new Guid("99999999-2222-3333-4444-555555555555"),
            Retries = 2,
            Duration = TimeSpan.FromMicroseconds(1_234_568),
            Secrets = TimeSpan.FromMilliseconds(1),
            Identity = TimeSpan.FromMilliseconds(2),
            Graph = TimeSpan.FromMilliseconds(3),
            Relay = TimeSpan.FromMilliseconds(4),
            BytesIn = 5,
            BytesOut = 9_000_000_000,
            Dropped = 7,
            Changed = 8,
            Unknown = 9,
            Warnings = 10,
            IgnoredHeaders = 1,
        };
    }
}
