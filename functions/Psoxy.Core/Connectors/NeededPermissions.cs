using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Connectors;

/// <summary>Which of a connector's permissions the rules in force have use for: what no endpoint of theirs asks for is too much.</summary>
public static class NeededPermissions
{
    /// <summary>Those, in the connector's order.</summary>
    /// <param name="connector">What is needed for what.</param>
    /// <param name="rules">Those in force: an endpoint that they leave out needs no permission. <c>null</c> if they are invalid.</param>
    public static ImmutableArray<RequiredRole> Of(Connector connector, RuleSet? rules)
    {
        ArgumentNullException.ThrowIfNull(connector);

        // A permission that no endpoint names gives properties of an object, such as a user's mailbox settings. Endpoints of custom rules that the connector does not know
        // may need any of its permissions.
        var inForce = rules?.Endpoints.Select(endpoint => endpoint.Name).ToHashSet(StringComparer.Ordinal);
        var isKnown = inForce is not null && inForce.IsSubsetOf(connector.Endpoints.Select(endpoint => endpoint.Path));
        return
        [
            .. connector.Permissions.Where(permission =>
                !isKnown
                || connector.Endpoints.All(endpoint => endpoint.Permission != permission.Name)
                || connector.Endpoints.Any(endpoint => endpoint.Permission == permission.Name && inForce!.Contains(endpoint.Path))),
        ];
    }
}
