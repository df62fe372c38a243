using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace GoogleCloud.Tests.Processes;

public sealed class HostProcessTests
{
    private const string Empty = "Sample.Function.EmptyFunction";
    private const string Secret = "Sample.Function.SecretFunction";

    [Test]
    public async Task Serves_the_target_on_the_port_that_the_platform_names()
    {
        var port = FreePort();
        await using var sample = await SampleProcess.StartAsync([], ("FUNCTION_TARGET", Empty), ("PORT", $"{port}"));

        Assert.That(sample.Client.BaseAddress, Is.EqualTo(new Uri($"http://127.0.0.1:{port}/")));
        Assert.That(await sample.Client.GetStringAsync("/any/path?and=query"), Is.EqualTo("ok"));
    }

    [TestCase("/robots.txt")]
    [TestCase("/favicon.ico")]
    [TestCase("/robots.txt/below")]
    public async Task Answers_404_to_what_browsers_ask_by_themselves(string path)
    {
        await using var sample = await SampleProcess.StartAsync([], ("FUNCTION_TARGET", Empty), ("PORT", "0"));

        using var response = await sample.Client.GetAsync(path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
    }

    [TestCase(Empty)]
    [TestCase("--target", Empty)]
    [TestCase("--target=" + Empty)]
    [TestCase("--FunctionsFramework:FunctionTarget=" + Empty)]
    public async Task The_command_line_wins_over_the_environment(params string[] args)
    {
        await using var sample = await SampleProcess.StartAsync(args, ("FUNCTION_TARGET", Secret), ("PORT", "0"));

        Assert.That(await sample.Client.GetStringAsync("/"), Is.EqualTo("ok"));
    }

    [Test]
    public async Task The_command_line_can_name_the_port()
    {
        await using var sample = await SampleProcess.StartAsync(["--target", Empty, "--port", "0"], ("PORT", "1"));

        Assert.That(await sample.Client.GetStringAsync("/"), Is.EqualTo("ok"));
    }

    [Test]
    public async Task An_unknown_target_ends_the_process_at_its_start()
    {
        var (code, output) = await SampleProcess.RunToEndAsync([], ("FUNCTION_TARGET", "No.Such"), ("PORT", "0"));

        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Does.Contain("InvalidOperationException: Can't load specified function type 'No.Such'").And.Not.Contain("Now listening"));
    }

    [Test]
    public async Task Several_functions_and_no_target_end_the_process_at_its_start()
    {
        var (code, output) = await SampleProcess.RunToEndAsync([], ("PORT", "0"));

        Assert.That(code, Is.Not.Zero);
        Assert.That(output, Does.Contain("ArgumentException").And.Contain(Empty).And.Contain(Secret));
    }

    [TestCase("true", "http://0.0.0.0:")]
    [TestCase("false", "http://127.0.0.1:")]
    public async Task Listens_on_all_addresses_in_a_container_only(string inContainer, string expected)
    {
        await using var sample = await SampleProcess.StartAsync([], ("FUNCTION_TARGET", Empty), ("PORT", "0"), ("DOTNET_RUNNING_IN_CONTAINER", inContainer));

        Assert.That(sample.Output, Has.Some.Contains("Now listening on: " + expected));
    }

    [Test]
    public async Task Listens_nowhere_else_because_a_base_image_says_so()
    {
        await using var sample = await SampleProcess.StartAsync([], ("FUNCTION_TARGET", Empty), ("PORT", "0"), ("ASPNETCORE_URLS", "http://127.0.0.1:0"));

        Assert.That(sample.Output, Has.Exactly(1).Contains("Now listening on: "));
        Assert.That(sample.Output, Has.None.Contains("Overriding address"));
    }

    [Test]
    public async Task Logs_text_outside_of_Cloud_Run()
    {
        // The host writes this key itself, so no variable can change it.
        await using var sample = await SampleProcess.StartAsync([], ("FUNCTION_TARGET", Empty), ("PORT", "0"), ("FunctionsFramework__JsonLogging", "true"));
        await sample.Client.GetStringAsync("/x?tok=abc");
        await sample.TerminateAsync();

        Assert.That(sample.Output[0], Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z \[Microsoft\.Hosting\.Lifetime\] \[info\] Now listening on: http://127\.0\.0\.1:\d+$"));
        Assert.That(sample.Output, Has.Some.Contains("[Microsoft.AspNetCore.Hosting.Diagnostics] [info] Request starting").And.Contains("/x?tok=abc"), "a function must turn this off itself");
    }

    [Test]
    public async Task Logs_one_JSON_object_a_line_on_Cloud_Run()
    {
        await using var sample = await SampleProcess.StartAsync([], ("FUNCTION_TARGET", Secret), ("PORT", "0"), ("K_SERVICE", "sample"), ("SECRETS", "http://127.0.0.1:1"));
        using var response = await sample.Client.GetAsync("/?nonsense");
        await sample.TerminateAsync();

        var entries = sample.Output.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var own = entries.Single(entry => entry.GetProperty("category").GetString() == Secret);
        Assert.That(own.GetProperty("message").GetString(), Is.EqualTo("Reading ?nonsense"));
        Assert.That(own.GetProperty("severity").GetString(), Is.EqualTo("WARNING"));
        Assert.That(own.GetProperty("format_parameters").GetProperty("Secret").GetString(), Is.EqualTo("?nonsense"));
        Assert.That(own.GetProperty("format_parameters").GetProperty("{OriginalFormat}").GetString(), Is.EqualTo("Reading {Secret}"));
        Assert.That(own.GetProperty("scopes").EnumerateArray().Last().GetString(), Is.EqualTo("asked"));
        var failure = entries.Single(entry => entry.TryGetProperty("exception", out _));
        Assert.That(failure.GetProperty("severity").GetString(), Is.EqualTo("ERROR"), "Kestrel logs what a function throws");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task Ends_cleanly_when_the_platform_says_so()
    {
        await using var sample = await SampleProcess.StartAsync([], ("FUNCTION_TARGET", Empty), ("PORT", "0"));

        Assert.That(await sample.TerminateAsync(), Is.Zero);
        Assert.That(sample.Output, Has.Some.Contains("Application is shutting down..."));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
