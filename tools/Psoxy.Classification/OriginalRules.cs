using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;

namespace Psoxy.Classification;

/// <summary>What the Java original does to what a connector's endpoints return, as far as it is known: a file of <c>connectors/original</c>.</summary>
public sealed class OriginalRules
{
    private readonly RequestGate _gate;

    private OriginalRules(RuleSet rules) => _gate = new RequestGate(rules);

    /// <summary>Reads it; <c>null</c> where the original has no such connector.</summary>
    /// <param name="connector">The connector's id.</param>
    /// <param name="flags">The variant.</param>
    /// <exception cref="InvalidDataException">The file is wrong.</exception>
    public static OriginalRules? Read(string connector, ImmutableHashSet<string> flags)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "connectors", "original", connector + ".yaml");
        if (!File.Exists(path)) return null;
        var load = RulesLoader.Load(File.ReadAllBytes(path), path, new RulesOptions { Flags = flags });
        return load.Rules is { } rules ? new(rules) : throw new InvalidDataException(string.Join('\n', load.Errors));
    }

    /// <summary>Whether it serves an endpoint at all.</summary>
    /// <param name="endpoint">One of ours.</param>
    public bool Serves(ConnectorEndpoint endpoint) => Find(endpoint) is not null;

    /// <summary>What it does to a property.</summary>
    /// <param name="endpoint">One of ours, which it serves.</param>
    /// <param name="path">From the entity inwards.</param>
    public PropertyTreatment At(ConnectorEndpoint endpoint, ImmutableArray<string> path)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var rules = Find(endpoint) ?? throw new ArgumentException($"The original does not serve {endpoint.Path}.", nameof(endpoint));
        return PropertyVisibility.At(rules, endpoint.IsCollection ? path.Insert(0, "value") : path);
    }

    // Its paths are loose: any value serves.
    private Endpoint? Find(ConnectorEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var decision = _gate.Decide("GET", Regex.Replace(endpoint.Path, @"\{[^}]+\}", "x"), "");
        return decision.IsAllowed ? decision.Endpoint : null;
    }
}
