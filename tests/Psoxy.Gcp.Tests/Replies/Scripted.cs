using System.Text;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>Two functions for the tests of this room, whose Graph answers what a test says, byte for byte; one of them holds back and reads little.</summary>
[SetUpFixture]
public sealed class Scripted
{
    public const int SmallBuffer = 2000;
    public const int SmallCeiling = 2 << 20;

    // Whoever asks again must get the same.
    private const int Times = 12;

    internal static FunctionFixture Usual { get; private set; } = null!;

    internal static FunctionFixture Small { get; private set; } = null!;

    /// <summary>A user as Graph has it, canaries included.</summary>
    internal static string User { get; private set; } = "";

    /// <summary>What the function makes of that.</summary>
    internal static string SafeUser { get; private set; } = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Usual = await FunctionFixture.StartAsync();
        Small = await FunctionFixture.StartAsync(null, ("RESPONSE_BUFFER_BYTES", $"{SmallBuffer}"), ("MAX_RESPONSE_BYTES", $"{SmallCeiling}"));
        User = await Usual.GraphAsync(Target(Usual));
        SafeUser = (await Usual.SendAsync(Target(Usual))).Body;
        Leaks.AssertNone(User, SafeUser);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Usual.DisposeAsync();
        await Small.DisposeAsync();
    }

    internal static string Target(FunctionFixture function) => $"/v1.0/users/{function.UserId(0)}";

    /// <summary>What the caller gets when Graph answers this; nothing that was in it may be in that or in a log line.</summary>
    internal static async Task<Answer> AskAsync(ScriptedAnswer graph, HttpMethod? method = null, FunctionFixture? function = null, params (string Name, string Value)[] headers)
    {
        function ??= Usual;
        using var script = Script(function, graph);
        var answer = await function.SendAsync(Target(function), method, null, headers);
        var source = string.Join('\n', [graph.Status, .. graph.Headers, .. graph.Trailers, Encoding.UTF8.GetString(graph.Body.Span)]);
        if (Psoxy.Emulator.Canaries.FindIn(source) is not null) Leaks.AssertNone(source, answer.Everything, string.Join('\n', function.Function.Output));
        return answer;
    }

    /// <summary>The log line of an answer of ours, which may come a little later than that.</summary>
    internal static async Task<string> LoggedAsync(Answer answer, FunctionFixture function)
    {
        var id = answer.Json.GetProperty("error").GetProperty("correlationId").GetString()!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (function.Function.Output.FirstOrDefault(line => line.Contains(id, StringComparison.Ordinal)) is { } line) return line;
            await Task.Delay(5, limit.Token);
        }
    }

    /// <summary>The same, as it comes over the line: with what encoding it has, as far as it goes.</summary>
    internal static async Task<Received> ReceiveAsync(ScriptedAnswer graph, FunctionFixture function, params (string Name, string Value)[] headers)
    {
        using var script = Script(function, graph);
        return await Received.ReadAsync(function.Function.Address, Target(function), headers);
    }

    private static Unscripted Script(FunctionFixture function, ScriptedAnswer graph)
    {
        function.Emulator.GraphScript.Add(Enumerable.Repeat(graph, Times));
        return new(function.Emulator.GraphScript);
    }

    private sealed class Unscripted(AnswerScript script) : IDisposable
    {
        public void Dispose() => script.Clear();
    }
}
