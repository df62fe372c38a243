using System.Text.Json;
using Psoxy.Emulator.Faults;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Paging;

/// <summary>A client that follows the links of a collection to its end, and asks for the same again where it got no answer.</summary>
internal sealed class Walk(Func<string, Task<string?>> ask)
{
    private const int MaxPages = 200;
    private const int MaxTries = 20;

    /// <summary>Pages as they came, whole.</summary>
    public List<string> Pages { get; } = [];

    /// <summary>The link that says where later changes begin, where there is one.</summary>
    public string? DeltaTarget { get; private set; }

    /// <summary>How often there was no answer.</summary>
    public int Repeats { get; private set; }

    /// <summary>All rows in their order.</summary>
    public IEnumerable<JsonElement> Rows => Pages.SelectMany(page => JsonDocument.Parse(page).RootElement.GetProperty("value").EnumerateArray());

    public IReadOnlyList<string?> Ids => [.. Rows.Select(row => row.TryGetProperty("id", out var id) ? id.GetString() : null)];

    /// <summary>Through the function; a broken connection and an error are no answer.</summary>
    public static Walk Through(FunctionFixture fixture) => new(async target =>
    {
        try
        {
            var answer = await fixture.SendAsync(target, null, null, ("ConsistencyLevel", "eventual"));
            if (answer.Status != 200) Assert.That(answer.Status, Is.EqualTo(429).Or.AtLeast(500), target + " " + answer.Body);
            return answer.Status == 200 ? answer.Body : null;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return null;
        }
    });

    /// <summary>To the end. False where what is asked for is no collection.</summary>
    /// <param name="target">The first page.</param>
    /// <param name="fault">What goes wrong before each page, if something does.</param>
    /// <param name="script">Where the faults are put.</param>
    public async Task<bool> RunAsync(string target, Func<int, IEnumerable<ScriptedAnswer>>? fault = null, AnswerScript? script = null)
    {
        for (var next = target; next is not null;)
        {
            script?.Add(fault!(Pages.Count));
            var tries = 0;
            string? page;
            while ((page = await ask(next)) is null) Assert.That(++tries, Is.LessThan(MaxTries), next);
            Repeats += tries;
            if (script is not null) Assert.That(script.Left, Is.Zero, "each fault has happened");
            var root = JsonDocument.Parse(page).RootElement;
            if (!root.TryGetProperty("value", out var rows) || rows.ValueKind != JsonValueKind.Array) return false;
            Pages.Add(page);
            Assert.That(Pages, Has.Count.LessThan(MaxPages), target);
            (next, DeltaTarget) = (Link(root, "@odata.nextLink"), Link(root, "@odata.deltaLink"));
        }

        return true;
    }

    private static string? Link(JsonElement page, string name) => page.TryGetProperty(name, out var link) ? new Uri(link.GetString()!).PathAndQuery : null;
}
