using System.Text.Json;
using Psoxy.Emulator;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>What holds in every cell of the matrix, whatever goes wrong.</summary>
internal static class FaultChecks
{
    public const string Users = "/v1.0/users?$top=2";

    /// <summary>The four dependencies' switches by the names that the table uses.</summary>
    public static FaultSwitch Of(this FaultBoard faults, string dependency) => dependency switch
    {
        "metadata" => faults.Metadata,
        "Entra" => faults.Entra,
        "Secret Manager" => faults.SecretManager,
        _ => faults.Graph,
    };

    /// <summary>
    /// The expected outcome; nothing of the fault's own body or of Graph's answer in what the caller got or in what the function ever wrote; and an error that
    /// says when to come again and by which id its log line is found.
    /// </summary>
    public static async Task AssertHarmlessAsync(Outcome outcome, string expected, string source, FunctionProcess function)
    {
        // The log line comes after the answer; with it there, all is there that this request wrote.
        var id = outcome.IsBroken || outcome.Answer.Error is null ? null : outcome.Answer.Json.GetProperty("error").GetProperty("correlationId").GetString()!;
        if (id is not null) await Wait.UntilAsync(() => function.Output.Any(line => line.Contains(id, StringComparison.Ordinal)), () => $"no log line has the id {id}");
        var output = string.Join('\n', function.Output);
        Assert.That(outcome.Verdict, Is.EqualTo(expected), outcome.Answer.Body + "\n" + output);
        Leaks.AssertNone(source, outcome.Answer.Everything, output);
        Assert.That(output, Does.Not.Contain(" bug: "), "every failure is one that was thought of");
        if (id is null) return;
        if (outcome.Answer.Error == "CONNECTION_TO_SOURCE") Assert.That(outcome.Answer.Headers.ContainsKey("Retry-After"), Is.True, "when to come again");
        Assert.That(outcome.Answer.Headers.ContainsKey("Location"), Is.False, "nowhere else");
    }

    /// <summary>Every row of Graph's once, in Graph's order: pseudonyms change, how many rows there are does not.</summary>
    public static void AssertRows(string source, string passed)
    {
        Assert.That(Rows(passed), Is.EqualTo(Rows(source)), "no row lost, none twice");

        // What people are is told by a property that passes as it is; ids do not.
        static List<string> Rows(string json) => [.. JsonDocument.Parse(json).RootElement.GetProperty("value").EnumerateArray().Select(row => Text(row, "createdDateTime") + Text(row, "userType"))];
        static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ToString() : "";
    }

    /// <summary>All is well again: a caller that does as <c>Retry-After</c> says gets the whole answer.</summary>
    public static async Task AssertRecoversAsync(FunctionFixture fixture)
    {
        fixture.Emulator.Faults.Clear();
        var answer = await fixture.SendAsync(Users);
        for (var tries = 0; tries < 5 && answer.Status == 503 && answer.Headers.TryGetValue("Retry-After", out var seconds); tries++)
        {
            await Task.Delay(TimeSpan.FromSeconds(int.Parse(seconds, null)));
            answer = await fixture.SendAsync(Users);
        }

        Assert.That(answer.Status, Is.EqualTo(200), "the next request works: " + answer.Body);
        AssertRows(await fixture.GraphAsync(Users), answer.Body);
    }
}
