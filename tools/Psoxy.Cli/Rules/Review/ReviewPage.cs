using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Psoxy.Cli.Rules.Review;

/// <summary>
/// The page for a privacy officer: one HTML file that asks nothing of any network, whose policy lets no other style or script in than its own, and which
/// shows everything where scripts do not run.
/// </summary>
internal static class ReviewPage
{
    private static readonly string Style = Resource("review.css");
    private static readonly string Script = Resource("review.js");

    /// <summary>Version of the program, with the commit that it was built from if that is known.</summary>
    private static string Version =>
        typeof(ReviewPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is { } parts
            ? parts.Length > 1 ? $"{parts[0]} ({parts[1][..Math.Min(12, parts[1].Length)]})" : parts[0]
            : "unknown";

    /// <summary>Writes the page.</summary>
    /// <param name="connectors">In the order of the page.</param>
    /// <param name="variants">Their variants' names, by number.</param>
    public static string Write(ImmutableArray<ReviewedConnector> connectors, ImmutableArray<string> variants)
    {
        var page = new Html();
        var policy = $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";
        page.Add(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>Privacy review: what leaves Microsoft 365</title>
            <style>
            """).Verbatim(Style).Add(
            $"""
            </style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>

            """);
        Controls(page, variants);
        page.Add($"<div class=\"frame\">\n");
        Contents(page, connectors);
        page.Add($"<main id=\"main\" tabindex=\"-1\">\n");
        SummarySection.Write(page, connectors, Version);
        foreach (var connector in connectors) ConnectorSection.Write(page, connector, variants);
        page.Add($"<p id=\"none\" class=\"note\" hidden>Nothing on this page fits the search and the treatments chosen.</p>\n</main>\n</div>\n");
        return page.Add($"<script>").Verbatim(Script).Add($"</script>\n</body>\n</html>\n").ToString();
    }

    private static void Controls(Html page, ImmutableArray<string> variants)
    {
        page.Add(
            $"""
            <header class="bar">
            <p class="brand">Psoxy <span>privacy review</span></p>
            <form id="controls" role="search" aria-label="Search and filter" hidden>
            <div class="find"><label for="search">Search</label>
            <input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="Property, reason …" aria-describedby="hits" aria-keyshortcuts="/">
            <kbd aria-hidden="true">/</kbd></div>
            <fieldset><legend>Show</legend>
            """);
        foreach (var treatment in Words.Treatments)
        {
            var (style, mark) = Words.Look(treatment);
            page.Add($"<label class=\"tick {style}\"><input type=\"checkbox\" name=\"treatment\" value=\"{style}\" checked><span aria-hidden=\"true\">{mark}</span> {Words.Of(treatment)}</label>\n");
        }

        page.Add($"</fieldset>\n<div class=\"pick\"><label for=\"variant\">Variant</label>\n<select id=\"variant\">\n");
        foreach (var (name, number) in variants.Select((name, number) => (name, number))) page.Add($"<option value=\"{number}\">{name}</option>\n");
        page.Add($"</select></div>\n<p id=\"hits\" role=\"status\" aria-live=\"polite\"></p>\n</form>\n</header>\n");
    }

    private static void Contents(Html page, ImmutableArray<ReviewedConnector> connectors)
    {
        page.Add($"<nav class=\"contents\" aria-label=\"Contents\">\n<ul>\n<li><a href=\"#summary\">Summary</a></li>\n");
        foreach (var connector in connectors)
            page.Add($"<li><a href=\"#{connector.Connector.Id}\">{connector.Connector.DisplayName}</a></li>\n");
        page.Add($"</ul>\n</nav>\n");
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var stream = typeof(ReviewPage).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // A browser hashes what it reads, and it reads every line end as this one.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
