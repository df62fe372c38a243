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
        var needed = NeededPermissions.Of(connector, rules).Select(permission => permission.Name).ToList();
        return new(granted, [.. needed.Except(granted, StringComparer.Ordinal)], [.. granted.Except(needed, StringComparer.Ordinal)]);
    }
}
