using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>The endpoint whose path came nearest to one that no endpoint has. For whoever reads the log; it decides nothing.</summary>
/// <param name="Endpoint">Its template is the rules' own text.</param>
/// <param name="DiffersAt">Number, from 1, of the first segment that does not fit: one that is different, too many or missing.</param>
public sealed record NearestEndpoint(Endpoint Endpoint, int DiffersAt)
{
    /// <summary>The nearest, or <c>null</c> if no word of any fits. Endpoints with a regex are not compared: they have no segments.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="request">What was refused.</param>
    public static NearestEndpoint? Of(RuleSet rules, CanonicalRequest request)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(request);
        NearestEndpoint? nearest = null;
        var best = (Score: 0, Leading: 0);
        foreach (var endpoint in rules.Endpoints)
        {
            if (endpoint.Path is not PathTemplate template) continue;
            var found = Compare(template, request.Segments);
            if (found.Score < 1 || found.CompareTo(best) <= 0) continue;
            best = found;
            nearest = new(endpoint, found.Leading + 1);
        }

        return nearest;
    }

    // Segments that fit where they stand, less those that are too many or missing; among equals the one that fits longer from its beginning. Anything fits a parameter, so one word must.
    private static (int Score, int Leading) Compare(PathTemplate template, ImmutableArray<string> segments)
    {
        var (fitting, leading, hasWord) = (0, 0, false);
        var common = Math.Min(template.Segments.Length, segments.Length);
        for (var at = 0; at < common; at++)
        {
            if (!TemplateMatcher.Fits(template.Segments[at], segments[at])) continue;
            fitting++;
            hasWord |= template.Segments[at].IsLiteral;
            if (leading == at) leading++;
        }

        return (hasWord ? fitting - Math.Abs(template.Segments.Length - segments.Length) : 0, leading);
    }
}
