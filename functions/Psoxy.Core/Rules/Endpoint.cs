using System.Collections.Immutable;

namespace Psoxy.Core.Rules;

/// <summary>One kind of request that may pass, and what must happen to its response.</summary>
public sealed record Endpoint
{
    /// <summary>The template or regex as the file spells it. Names the endpoint in logs: it never holds a caller's value.</summary>
    public required string Name { get; init; }

    /// <summary>Which requests this endpoint is about.</summary>
    public required PathPattern Path { get; init; }

    /// <summary>Upper-case HTTP methods. GET and HEAD where the file lists none; never empty meaning all.</summary>
    public required ImmutableArray<string> Methods { get; init; }

    /// <summary>Lower-case names of the query parameters that may be used; <c>null</c> where the file leaves them open.</summary>
    public ImmutableHashSet<string>? QueryParameters { get; init; }

    /// <summary>What the value of a <c>{name}</c> of the path must look like, by name.</summary>
    public ImmutableDictionary<string, ParameterSchema> PathParameterSchemas { get; init; } = ImmutableDictionary<string, ParameterSchema>.Empty;

    /// <summary>What the value of a query parameter must look like, by lower-case name.</summary>
    public ImmutableDictionary<string, ParameterSchema> QueryParameterSchemas { get; init; } = ImmutableDictionary<string, ParameterSchema>.Empty;

    /// <summary>Headers that are passed on to the source, the file's common ones included.</summary>
    public ImmutableArray<string> RequestHeaders { get; init; } = [];

    /// <summary>Computed siblings, made before anything else happens to the response.</summary>
    public ImmutableArray<Augment> Augments { get; init; } = [];

    /// <summary>Allow-list of the response; <c>null</c> where the endpoint has none.</summary>
    public ResponseSchema? ResponseSchema { get; init; }

    /// <summary>In the order in which they are applied.</summary>
    public ImmutableArray<Transform> Transforms { get; init; } = [];

    /// <summary>Line of the rules file at which the endpoint begins, from 1.</summary>
    public required int Line { get; init; }
}
