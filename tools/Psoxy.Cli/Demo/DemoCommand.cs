using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using Psoxy.Core.Connectors;
using Psoxy.Emulator;
using Spectre.Console;

namespace Psoxy.Cli.Demo;

/// <summary><c>psoxy demo</c>: the whole of it on a laptop.</summary>
internal static class DemoCommand
{
    // A pipe has no width: lines are not to be folded.
    private const int PipeWidth = 1000;

    public static Command Create()
    {
        var keep = new Option<bool>("--keep") { Description = "Keep everything running until Ctrl-C, and print curl lines." };
        var port = new Option<int>("--port") { Description = "Port of the function; a free one by default.", HelpName = "N" };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number is (< 1 or > 65535)) result.AddError("--port takes a number from 1 to 65535.");
        });
        var source = new Option<string>("--connector", "-c")
        {
            Description = "Whose function: " + string.Join(", ", ConnectorCatalog.All.Select(each => each.Id)) + ".",
            HelpName = "CONNECTOR",
            DefaultValueFactory = _ => "outlook-mail",
        };
        var command = new Command("demo", "Start the emulator and the real function, send requests, and show what Graph answered beside what the caller got.") { source, keep, port };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(source), parsed.GetValue(keep), parsed.GetValue(port), parsed.InvocationConfiguration, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string source, bool keep, int port, InvocationConfiguration io, CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(io.Output) });
        if (!console.Profile.Out.IsTerminal) console.Profile.Width = PipeWidth;
        var connector = ConnectorCatalog.Find(source)
            ?? throw new UsageException($"there is no connector '{source}': choose one of {string.Join(", ", ConnectorCatalog.All.Select(each => each.Id))}.");
        await using var emulator = await EmulatorHost.StartAsync(cancellationToken: cancellation);
        await using var function = await StartAsync(emulator, connector, port, cancellation);
        console.WriteLine($"{connector.DisplayName} runs at {function.Address}, ready after {function.StartTime.TotalSeconds:0.0} s; everything outside is emulated.");
        console.WriteLine("Red is dropped (-), yellow is changed (~), green stays.");

        using var graph = emulator.CreateGraphClient();
        using var caller = new HttpClient { BaseAddress = function.Address };
        var view = new ComparisonView(console);
        var requests = DemoRequest.For(connector, emulator.Tenant);
        var wrong = 0;
        foreach (var request in requests)
            if (!await ShowAsync(request, graph, caller, console, view, cancellation)) wrong++;

        console.WriteLine();
        console.WriteLine(wrong == 0 ? $"All {requests.Count} requests were answered as the rules say." : $"{wrong} of {requests.Count} requests were not answered as the rules say.");
        if (keep)
        {
            console.WriteLine("Try it; Ctrl-C ends everything:");
            foreach (var request in requests) console.WriteLine($"  curl -s '{new Uri(function.Address, "/").ToString().TrimEnd('/')}{request.PathAndQuery}'");
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await function.StopAsync();
        return wrong == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task<FunctionProcess> StartAsync(EmulatorHost emulator, Connector connector, int port, CancellationToken cancellation)
    {
        var assembly = typeof(DemoCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "FunctionAssembly").Value!;
        if (!File.Exists(assembly)) throw new UsageException($"the function is not built: '{assembly}' is missing. Run 'dotnet build' in the repository.");
        try
        {
            return await FunctionProcess.StartAsync(assembly, emulator.FunctionEnvironment(connector.Id, connector.FunctionClass), port, cancellationToken: cancellation);
        }
        catch (IOException)
        {
            throw new UsageException($"port {port} is in use: choose another with --port, or leave --port off for a free one.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UsageException("'dotnet' is not on the PATH: install the .NET SDK 10.");
        }
    }

    private static async Task<bool> ShowAsync(DemoRequest request, HttpClient graph, HttpClient caller, IAnsiConsole console, ComparisonView view, CancellationToken cancellation)
    {
        console.WriteLine();
        console.WriteLine($"== {request.Title}");
        console.WriteLine($"GET {request.PathAndQuery}");
        using var answer = await caller.GetAsync(RawUri(caller, request), cancellation);
        var error = answer.Headers.TryGetValues("X-Psoxy-Error", out var errors) ? errors.First() : null;
        console.WriteLine($"{(int)answer.StatusCode} {answer.StatusCode}{(error is null ? "" : $", X-Psoxy-Error: {error}")}");
        if (!request.Allowed) return !answer.IsSuccessStatusCode && error is "BLOCKED_BY_RULES" or "INVALID_REQUEST";

        using var direct = await graph.GetAsync(request.PathAndQuery, cancellation);
        using var before = JsonDocument.Parse(await direct.Content.ReadAsStringAsync(cancellation));
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            console.WriteLine(body);
            return false;
        }

        using var after = JsonDocument.Parse(body);
        view.Write(Comparison.Of(before.RootElement, after.RootElement));
        return Canaries.FindIn(body) is null;
    }

    // The dot segments must reach the function as they are.
    private static Uri RawUri(HttpClient caller, DemoRequest request) =>
        new(caller.BaseAddress!.ToString().TrimEnd('/') + request.PathAndQuery, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
