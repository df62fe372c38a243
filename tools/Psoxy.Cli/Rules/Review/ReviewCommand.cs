using System.Collections.Immutable;
using System.CommandLine;
using Psoxy.Classification;
using Psoxy.Core.Connectors;

namespace Psoxy.Cli.Rules.Review;

/// <summary><c>psoxy rules review</c>: the page for a privacy officer.</summary>
internal static class ReviewCommand
{
    private const string DefaultFile = "psoxy-review.html";

    private const int Told = 20;

    public static Command Create()
    {
        var ids = new Argument<string[]>("CONNECTOR") { Description = "Ids or aliases; all connectors if none is given.", Arity = ArgumentArity.ZeroOrMore };
        var file = new Option<string>("--out") { Description = "Where to write; - is standard output.", HelpName = "FILE.html", DefaultValueFactory = _ => DefaultFile };
        var command = new Command("review", "Write the page for a privacy officer: what stays, what becomes a pseudonym, what is dropped, and why.") { ids, file };
        command.SetAction(parsed => Run(parsed.GetValue(ids) ?? [], parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string[] ids, string file, TextWriter output, TextWriter error)
    {
        ImmutableArray<Connector> connectors = ids.Length == 0 ? ConnectorCatalog.All : [.. ids.Select(Find).Distinct()];
        var variants = ReviewReader.Variants(connectors);
        var reader = new ReviewReader(GraphClassification.Read(), new ExampleReader());
        ImmutableArray<ReviewedConnector> reviewed = [.. connectors.Select(connector => reader.Read(connector, variants))];
        var page = ReviewPage.Write(reviewed, variants);
        if (file == "-") output.Write(page);
        else
        {
            PageFile.Write(file, page);
            output.WriteLine($"{file}: {Words.Count(reviewed.Length, "connector", "connectors")}, {Words.Count(reviewed.Sum(each => each.Endpoints.Length), "request", "requests")}, unclassified {reviewed.Sum(each => each.Unclassified.Length)}");
        }

        var problems = reviewed.SelectMany(each => each.Unclassified.Select(name => $"not classified: {name}").Concat(each.Disagreements)).ToList();
        foreach (var problem in problems.Take(Told)) error.WriteLine($"psoxy: {problem}");
        if (problems.Count > Told) error.WriteLine($"psoxy: and {problems.Count - Told} more; the page has them all");
        return problems.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static Connector Find(string id) => ConnectorCatalog.Find(id)
        ?? throw new UsageException($"there is no connector '{id}'; there are {string.Join(", ", ConnectorCatalog.All.Select(connector => connector.Id))}.");
}
