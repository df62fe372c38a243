using System.Text.Json;
using Google.Cloud.Functions.Hosting.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GoogleCloud.Tests.Logging;

public sealed class LogFormatTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, 5, TimeSpan.Zero);

    [TestCase(LogLevel.Trace, "DEBUG", "trce")]
    [TestCase(LogLevel.Debug, "DEBUG", "dbug")]
    [TestCase(LogLevel.Information, "INFO", "info")]
    [TestCase(LogLevel.Warning, "WARNING", "warn")]
    [TestCase(LogLevel.Error, "ERROR", "fail")]
    [TestCase(LogLevel.Critical, "CRITICAL", "crit")]
    public void Levels_have_the_names_of_each_format(LogLevel level, string severity, string brief)
    {
        Assert.That(Json(logger => logger.Log(level, "text")).GetProperty("severity").GetString(), Is.EqualTo(severity));
        Assert.That(Text(logger => logger.Log(level, "text")), Is.EqualTo($"2026-11-24T12:00:00.005Z [Cat] [{brief}] text"));
    }

    [Test]
    public void A_plain_message_has_nothing_but_itself()
    {
        var entry = Json(logger => logger.LogInformation("text"));
        Assert.That(entry.EnumerateObject().Select(property => property.Name), Is.EqualTo(["message", "category", "severity"]));
    }

    [Test]
    public void Parameters_are_strings()
    {
        var entry = Json(logger => logger.LogInformation("{Count} of {Total}", 1.5, null));
        Assert.That(entry.GetProperty("format_parameters").GetRawText(), Is.EqualTo("""{"Count":"1.5","Total":"","{OriginalFormat}":"{Count} of {Total}"}"""));
    }

    [Test]
    public void Scopes_are_told_from_the_outermost()
    {
        static void Log(ILogger logger)
        {
            using (logger.BeginScope(new Dictionary<string, object?> { ["a"] = 1, ["b"] = 2 }))
            using (logger.BeginScope("inner")) logger.LogInformation("text");
        }

        Assert.That(Json(Log).GetProperty("scopes").GetRawText(), Is.EqualTo("""[{"a":"1","b":"2"},"inner"]"""));
        Assert.That(Text(Log).Split(Environment.NewLine)[1], Is.EqualTo("Scopes: [{ a: 1, b: 2 }, inner]"));
    }

    [Test]
    public void An_exception_is_told_whole()
    {
        static void Log(ILogger logger) => logger.LogError(new InvalidOperationException("a \"bug\""), "text");

        Assert.That(Json(Log).GetProperty("exception").GetString(), Is.EqualTo("System.InvalidOperationException: a \"bug\""));
        Assert.That(Text(Log).Split(Environment.NewLine)[1], Is.EqualTo("System.InvalidOperationException: a \"bug\""));
    }

    [Test]
    public void A_line_end_in_a_message_does_not_end_the_JSON_line() =>
        Assert.That(Write(new JsonLogFormat(), "Cat", logger => logger.LogInformation("a\nb")).TrimEnd(), Does.Not.Contain('\n'));

    [Test]
    public void A_slow_heartbeat_of_a_starved_instance_is_not_told()
    {
        var slow = new EventId(22, "HeartbeatSlow");
        Assert.That(Write(new JsonLogFormat(), "Microsoft.AspNetCore.Server.Kestrel", logger => logger.LogWarning(slow, "text")), Is.Empty);
        Assert.That(Write(new JsonLogFormat(), "Other", logger => logger.LogWarning(slow, "text")), Is.Not.Empty);
    }

    [Test]
    public void Nothing_to_tell_is_not_told() => Assert.That(Write(new JsonLogFormat(), "Cat", logger => logger.LogWarning("")), Is.Empty);

    private static JsonElement Json(Action<ILogger> log) => JsonDocument.Parse(Write(new JsonLogFormat(), "Cat", log)).RootElement;

    private static string Text(Action<ILogger> log) => Write(new TextLogFormat(new FakeTimeProvider(Noon)), "Cat", log).TrimEnd();

    private static string Write(ILogFormat format, string category, Action<ILogger> log)
    {
        using var console = new StringWriter();
        using var provider = new ConsoleLoggerProvider(console, format);
        log(provider.CreateLogger(category));
        return console.ToString();
    }
}
