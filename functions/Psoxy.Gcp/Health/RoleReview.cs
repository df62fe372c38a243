using System.Collections.Immutable;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;

namespace Psoxy.Gcp.Health;

/// <summary>The permissions that the token has, against those that the connector needs.</summary>
/// <param name="Granted">The token's.</param>
/// <param name="Missing">Needed and not granted.</param>
/// <param name="Excess">Granted and not needed.</param>
internal sealed record RoleReview(ImmutableArray<string> Granted, ImmutableArray<string> Missing, ImmutableArray<string> Excess)
{
    /// <summary>Compares.</summary>
    /// <param name="connector">What is needed for what.</param>
    /// <param name="rules">Those in force: an endpoint that they leave out needs no permission. <c>null</c> if they are invalid.</param>
    /// <param name="granted">The token's roles.</param>
    public static RoleReview Of(Connector connector, RuleSet? rules, ImmutableArray<string> granted)
    {
        var needed = Needed(connector, rules);
        return new(granted, [.. needed.Except(granted, StringComparer.Ordinal)], [.. granted.Except(needed, StringComparer.Ordinal)]);
    }

    // A permission that no endpoint names gives properties of an object, such as a user's mailbox settings. Endpoints of custom rules that the connector does not know
    // may need any of its permissions.
    private static List<string> Needed(Connector connector, RuleSet? rules)
    {
        var inForce = rules?.Endpoints.Select(endpoint => endpoint.Name).ToHashSet(StringComparer.Ordinal);
        var isKnown = inForce is not null && inForce.IsSubsetOf(connector.Endpoints.Select(endpoint => endpoint.Path));
        return
        [
            .. connector.Permissions.Select(permission => permission.Name).Where(name =>
                !isKnown
                || connector.Endpoints.All(endpoint => endpoint.Permission != name)
                || connector.Endpoints.Any(endpoint => endpoint.Permission == name && inForce!.Contains(endpoint.Path))),
        ];
    }
}
