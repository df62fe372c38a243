using System.Collections.Immutable;

namespace Psoxy.Core.Connectors;

/// <summary>A data source: the content of a folder of <c>connectors/</c>.</summary>
public sealed record Connector
{
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

    /// <summary>Graph application permissions, all read-only, with the reason for each.</summary>
    public required ImmutableArray<RequiredRole> Permissions { get; init; }

    /// <summary>Requests, as path and query, that try one endpoint of each family that needs no id. The rules of the default variant allow them.</summary>
    public required ImmutableArray<string> SmokeRequests { get; init; }

    /// <summary>The rules file's bytes.</summary>
    public required ReadOnlyMemory<byte> RulesYaml { get; init; }
}

/// <summary>A Graph application permission that a connector needs.</summary>
/// <param name="Name">E.g. <c>Mail.ReadBasic.All</c>; the name of the role in a token.</param>
/// <param name="Reason">What it is needed for.</param>
public sealed record RequiredRole(string Name, string Reason);
