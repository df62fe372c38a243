using System.Collections.Immutable;

namespace Psoxy.Core.Connectors;

/// <summary>A data source: the content of a folder of <c>connectors/</c>.</summary>
public sealed record Connector
{
    /// <summary>Name of the variant that every connector has.</summary>
    public const string DefaultVariant = "default";

    /// <summary>Its id, also the folder's name and the value of <c>SOURCE</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Other names that deployments of the original use.</summary>
    public required ImmutableArray<string> Aliases { get; init; }

    /// <summary>Name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>One sentence on what is read.</summary>
    public required string Description { get; init; }

    /// <summary>Full name of the function class that serves it.</summary>
    public required string FunctionClass { get; init; }

    /// <summary>Variants of its rules that a deployment can choose; the first is <see cref="DefaultVariant"/>, with no flags.</summary>
    public required ImmutableArray<ConnectorVariant> Variants { get; init; }

    /// <summary>One for each endpoint of its rules, in the order of the file.</summary>
    public required ImmutableArray<ConnectorEndpoint> Endpoints { get; init; }

    /// <summary>Graph application permissions, all read-only, with the reason for each.</summary>
    public required ImmutableArray<RequiredRole> Permissions { get; init; }

    /// <summary>Requests, as path and query, that try one endpoint of each family that needs no id; none where every endpoint needs one. The rules of the default variant allow them.</summary>
    public required ImmutableArray<string> SmokeRequests { get; init; }

    /// <summary>The rules file's bytes.</summary>
    public required ReadOnlyMemory<byte> RulesYaml { get; init; }
}

/// <summary>A Graph application permission that a connector needs.</summary>
/// <param name="Name">E.g. <c>Mail.ReadBasic.All</c>; the name of the role in a token.</param>
/// <param name="Reason">What it is needed for.</param>
/// <param name="Withheld">What it could give that the rules do not pass.</param>
public sealed record RequiredRole(string Name, string Reason, string Withheld);

/// <summary>A choice among what the rules file says.</summary>
/// <param name="Name">For people.</param>
/// <param name="Flags">Flags of the rules file that are on.</param>
public sealed record ConnectorVariant(string Name, ImmutableHashSet<string> Flags);
