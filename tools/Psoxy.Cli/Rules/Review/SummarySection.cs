using System.Collections.Immutable;
using Psoxy.Core.Gate;

namespace Psoxy.Cli.Rules.Review;

/// <summary>What stands on top: the counts, how to read the page, and what it is true of.</summary>
internal static class SummarySection
{
    private static readonly (PropertyTreatment Treatment, string Meaning)[] Legend =
    [
        (PropertyTreatment.Kept, "is there as it is. An object is there with those of its own properties that are."),
        (PropertyTreatment.Pseudonymized, "is there as a pseudonym, the same wherever the same value stands. It cannot be read back without the secret that stays with you."),
        (PropertyTreatment.Reduced, "is there in part: phrases of a fixed list, a link without its passcode, a mark of where to go on that nobody else can read."),
        (PropertyTreatment.Dropped, "is not there, nor what is inside it."),
    ];

    public static void Write(Html page, ImmutableArray<ReviewedConnector> connectors, string version)
    {
        page.Add(
            $"""
            <section id="summary" aria-labelledby="summary-title">
            <h1 id="summary-title">What leaves Microsoft 365, and what does not</h1>
            <p class="lead">Between Microsoft 365 and the analysis stands a proxy of your own. It lets only the requests on this page pass, and of each answer only the
            properties that are listed as kept, pseudonymized or reduced. All else is dropped, what Microsoft adds tomorrow too.</p>

            """);
        Problems(page, connectors);
        Counts(page, connectors);
        page.Add($"<h2 id=\"legend\">How to read this page</h2>\n<dl class=\"legend\">\n");
        foreach (var (treatment, meaning) in Legend) page.Add($"<div><dt>{Badge(treatment)}</dt><dd>{meaning}</dd></div>\n");
        page.Add(
            $"""
            </dl>
            <p>Treatments are read from the rules themselves; reasons from the classification beside them, which covers every property of every type that Microsoft's
            Graph package knows. Examples show synthetic people. In an example each line that does not stay as it is says so in the middle column;
            what is <em>added</em> there is a length or a count of a text that is dropped.</p>
            <h2 id="state">What this page is true of</h2>
            <p>Version {version} of Psoxy.Gcp, with these rules. A running function tells the SHA-1 of its rules in its health check and with every answer, in
            <code>X-Psoxy-Rules-SHA</code>: compare.</p>
            <div class="wide" role="group" aria-labelledby="state" tabindex="0"><table class="facts"><thead><tr><th scope="col">Connector</th><th scope="col">Rules file</th><th scope="col">SHA-1</th></tr></thead><tbody>

            """);
        foreach (var connector in connectors)
            page.Add($"<tr><th scope=\"row\">{connector.Connector.DisplayName}</th><td><code>connectors/{connector.Connector.Id}/rules.yaml</code></td><td><code class=\"sha\">{connector.Sha1}</code></td></tr>\n");
        page.Add($"</tbody></table></div>\n</section>\n");
    }

    /// <summary>A treatment's word, with its mark.</summary>
    public static Html Badge(PropertyTreatment treatment)
    {
        var (style, mark) = Words.Look(treatment);
        return new Html().Add($"<span class=\"badge {style}\"><span aria-hidden=\"true\">{mark}</span> {Words.Of(treatment)}</span>");
    }

    private static void Problems(Html page, ImmutableArray<ReviewedConnector> connectors)
    {
        var problems = connectors.SelectMany(connector =>
            connector.Unclassified.Select(each => $"{connector.Connector.Id}: not classified: {each}").Concat(connector.Disagreements.Select(each => $"{connector.Connector.Id}: {each}"))).ToList();
        if (problems.Count == 0) return;
        page.Add($"<div class=\"alarm\" role=\"alert\"><p><strong>The rules and the classification do not agree. Do not sign this off.</strong></p><ul>");
        foreach (var problem in problems) page.Add($"<li>{problem}</li>");
        page.Add($"</ul></div>\n");
    }

    private static void Counts(Html page, ImmutableArray<ReviewedConnector> connectors)
    {
        page.Add($"<div class=\"wide\" role=\"group\" aria-labelledby=\"counts\" tabindex=\"0\"><table class=\"counts\"><caption id=\"counts\">Properties by what happens to them, in the default variant. One that differs by place counts where most of it is seen.</caption>\n");
        page.Add($"<thead><tr><th scope=\"col\">Connector</th><th scope=\"col\" class=\"n\">Requests</th>");
        foreach (var treatment in Words.Treatments) page.Add($"<th scope=\"col\" class=\"n\">{Badge(treatment)}</th>");
        page.Add($"<th scope=\"col\" class=\"n\">Unclassified</th></tr></thead><tbody>\n");
        foreach (var connector in connectors)
        {
            page.Add($"<tr><th scope=\"row\"><a href=\"#{connector.Connector.Id}\">{connector.Connector.DisplayName}</a></th><td class=\"n\">{connector.Endpoints.Length}</td>");
            foreach (var treatment in Words.Treatments) page.Add($"<td class=\"n\">{connector.Facts.Count(treatment)}</td>");
            page.Add($"<td class=\"n\">{connector.Unclassified.Length}</td></tr>\n");
        }

        page.Add($"</tbody></table></div>\n");
    }
}
