using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Psoxy.Core.Pseudonyms;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>What stands for the places in braces of a corpus: ids of the emulated tenant, a token of its, and links that the function itself has returned.</summary>
internal sealed partial class Places
{
    // The segment before an id, in the requests that the tenant answers.
    private static readonly Dictionary<string, string> Ids = new()
    {
        ["user"] = "users", ["group"] = "groups", ["message"] = "messages", ["event"] = "events", ["calendar"] = "calendars", ["team"] = "teams", ["channel"] = "channels",
        ["chat"] = "chats", ["call"] = "calls", ["record"] = "callRecords", ["meeting"] = "onlineMeetings", ["report"] = "attendanceReports", ["drive"] = "drives", ["item"] = "items",
    };

    private readonly Dictionary<string, string> _values = [];

    private Places()
    {
    }

    /// <summary>How often the function was asked for what stands in them.</summary>
    public int Asked { get; private set; }

    /// <summary>How many requests Graph had received by then.</summary>
    public int BeforeGraph { get; private set; }

    /// <summary>Fills in all places that some text names.</summary>
    public static async Task<Places> FindAsync(FunctionFixture fixture, string connector, IEnumerable<string> texts)
    {
        var places = new Places();
        places._values["host"] = fixture.Function.Address.Authority;
        places._values["graph"] = fixture.Emulator.GraphAddress.Authority;
        places._values["function"] = "psoxy-" + connector;
        places._values["any"] = "{any}";
        foreach (var (name, before) in Ids) places.FindId(fixture, connector, name, before);
        var person = fixture.Emulator.Tenant.Users.Single(user => (string?)user["id"] == fixture.UserId(1));
        places._values["user"] = (string)person["id"]!;
        places._values["mail"] = (string)person["mail"]!;
        places._values["token"] = Token(places._values["mail"]);
        foreach (var text in texts)
            foreach (Match match in Place().Matches(text)) await places.LinkAsync(fixture, match);
        places.BeforeGraph = fixture.Emulator.GraphRequests.Count;
        return places;
    }

    public string Fill(string text) => Place().Replace(text, match =>
        _values.TryGetValue(match.Value[1..^1], out var value) ? value
        : match.Value[1..^1].Split(':', 3) is ["repeat", var times, var what] ? string.Concat(Enumerable.Repeat(what, int.Parse(times, CultureInfo.InvariantCulture)))
        : throw new FormatException($"nothing stands for {match.Value}"));

    private void FindId(FunctionFixture fixture, string connector, string name, string before)
    {
        foreach (var sample in fixture.Emulator.Tenant.Samples.Where(sample => sample.ConnectorId == connector))
        {
            var segments = sample.Target.Split('?')[0].Split('/');
            var at = Array.IndexOf(segments, before) + 1;
            if (at > 0 && at < segments.Length) _values.TryAdd(name, segments[at]);
        }
    }

    // As the function makes it, with the emulator's secrets.
    private static string Token(string mail)
    {
        using var pseudonymizer = new Pseudonymizer(PseudonymKey.Create("emulator-salt"u8, "emulator-key"u8), new PseudonymOptions());
        return pseudonymizer.Pseudonymize(mail, PseudonymEncoding.UrlSafeToken, includeReversible: true).Split('@')[0];
    }

    private async Task LinkAsync(FunctionFixture fixture, Match place)
    {
        var (name, value) = (place.Value[1..^1], "");
        if (_values.ContainsKey(name) || name.Split(':', 2) is not [not "repeat" and var kind, var target]) return;
        target = Fill(target.Replace('<', '{').Replace('>', '}'));
        switch (kind)
        {
            case "next" or "delta":
                value = (await AskAsync(fixture, target)).GetProperty($"@odata.{kind}Link").GetString()!;
                break;
            case "graph-next" or "graph-delta":
                value = JsonDocument.Parse(await fixture.GraphAsync(target)).RootElement.GetProperty($"@odata.{kind["graph-".Length..]}Link").GetString()!;
                break;
            default:
                throw new FormatException($"nothing stands for {place.Value}");
        }

        _values[name] = value[value.IndexOf('/', "https://".Length)..];
    }

    private async Task<JsonElement> AskAsync(FunctionFixture fixture, string target)
    {
        Asked++;
        var answer = await fixture.SendAsync(target);
        Assert.That(answer.Status, Is.EqualTo(200), target + " " + answer.Body);
        return answer.Json;
    }

    // A place's own target writes its places in angle brackets.
    [GeneratedRegex(@"\{([a-z]+|(repeat|(graph-)?(next|delta)):[^}]*)\}")]
    private static partial Regex Place();
}
