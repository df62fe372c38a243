using System.Collections.Immutable;
using Psoxy.Classification;
using Psoxy.Cli.Rules.Review;
using Psoxy.Core.Connectors;

namespace Psoxy.Cli.Tests.Rules.Review;

/// <summary>The page of all connectors, made once.</summary>
internal static class ReviewPages
{
    private static readonly Lazy<(ImmutableArray<ReviewedConnector> Connectors, ImmutableArray<string> Variants, string Html)> Made = new(() => Make(ConnectorCatalog.All));

    public static ImmutableArray<ReviewedConnector> Connectors => Made.Value.Connectors;

    public static string Html => Made.Value.Html;

    public static (ImmutableArray<ReviewedConnector> Connectors, ImmutableArray<string> Variants, string Html) Make(ImmutableArray<Connector> connectors, ExampleReader? examples = null)
    {
        var variants = ReviewReader.Variants(connectors);
        var reader = new ReviewReader(GraphClassification.Read(), examples ?? new ExampleReader());
        ImmutableArray<ReviewedConnector> reviewed = [.. connectors.Select(connector => reader.Read(connector, variants))];
        return (reviewed, variants, ReviewPage.Write(reviewed, variants));
    }
}
