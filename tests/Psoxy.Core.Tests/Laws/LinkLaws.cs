using System.Text.Json;
using System.Text.Json.Nodes;
using Psoxy.Core.Gate;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Laws;

/// <summary>Every paging link that leaves can be followed: our own gate takes it, it means the endpoint that it came from, and Graph gets what it gave, keys as segments.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LinkLaws
{
    private static readonly string[] Names = ["@odata.nextLink", "@odata.prevLink", "@odata.deltaLink"];

    [TestCaseSource(nameof(Pages))]
    public void Every_link_can_be_followed_and_comes_back_as_Graph_gave_it(ConnectorCase example) => Sources.AssertNone(Of(example));

    internal static IEnumerable<string> Of(ConnectorCase of)
    {
        var links = SampleLinks.Of(of).ToList();
        if (File.Exists(of.OriginalFile) && JsonNode.Parse(of.Original) is JsonObject page) links.AddRange(Names.Select(name => page[name]?.GetValue<string>()).OfType<string>().Select(link => (link, link)));
        return Names.Where(name => of.Paths.Of([name]) != PropertyTreatment.Dropped).SelectMany(name => links.SelectMany(each => Problems(of, name, each.Link, each.Plain)));
    }

    private static IEnumerable<TestCaseData> Pages() =>
        from each in ConnectorCase.Cases.Value
        where each.Declared.IsCollection
        select new TestCaseData(each).SetArgDisplayNames(each.ToString());

    private static IEnumerable<string> Problems(ConnectorCase of, string name, string link, string plain)
    {
        var page = JsonSerializer.Serialize(new Dictionary<string, object> { [name] = link, ["value"] = Array.Empty<object>() });
        var left = JsonDocument.Parse(of.Sanitize(page)).RootElement;
        if (!left.TryGetProperty(name, out var sealedLink) || sealedLink.GetString() is not { } text)
        {
            yield return $"{name} of {link} does not leave";
            yield break;
        }

        if (Uri.UnescapeDataString(text).Contains(SampleLinks.Person, StringComparison.OrdinalIgnoreCase)) yield return $"{link} leaves as {text}, which names the person";
        var target = Target(text);
        var decision = of.Ask(target);
        if (!decision.IsAllowed || Plain(decision.Endpoint!.Name) != Plain(of.Endpoint.Name)) yield return $"{link} leaves as {text}; sent back: {decision.Reason} {decision.Detail} at {decision.Endpoint?.Name}";
        else if (!ReverseTokens.TryReverse(decision.Request!, Sanitizing.Pseudonymizer, out var forSource)) yield return $"{link} leaves as {text}, which does not reverse";
        else if (Canonical(Target(plain)) is var given && Canonical(forSource) != given) yield return $"Graph gave {given} and would get {Canonical(forSource)}";
    }

    private static string Target(string link) => link[link.IndexOf('/', "https://".Length)..];

    private static string? Canonical(string target)
    {
        var parts = target.Split('?', 2);
        return CanonicalUrl.TryRead("GET", parts[0], parts.ElementAtOrDefault(1) ?? "", out var request) == GateReason.Allowed ? (KeyForm.Rewrite(request!) ?? request!).PathAndQuery : null;
    }

    // mailFolders('SentItems') and mailFolders/SentItems are one folder.
    private static string Plain(string template) => template.Replace("('", "/", StringComparison.Ordinal).Replace("')", "", StringComparison.Ordinal);
}
