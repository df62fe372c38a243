using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Gate;

/// <summary>The gate's answer to one request. <c>default</c> refuses.</summary>
/// <param name="Outcome">Whether it may go on.</param>
/// <param name="Reason">Why not; <see cref="GateReason.Allowed"/> exactly where it may.</param>
/// <param name="Endpoint">The endpoint that allows it; on a refusal the one that came nearest, if any.</param>
/// <param name="Request">The canonical request, the only form that may be sent on; <c>null</c> where it could not be read.</param>
/// <param name="Detail">Name of the parameter or option at fault, from the rules file or the OData vocabulary: never a caller's value.</param>
public readonly record struct Decision(Outcome Outcome, GateReason Reason, Endpoint? Endpoint, CanonicalRequest? Request, string? Detail)
{
    /// <summary>Whether the request may go on.</summary>
    public bool IsAllowed => Outcome == Outcome.Allow;
}

/// <summary>Verdict; its zero refuses.</summary>
public enum Outcome
{
    /// <summary>Refused: nothing of a later step happens.</summary>
    Deny = 0,

    /// <summary>May go on.</summary>
    Allow,
}

/// <summary>A request in the one spelling on which rules are matched and which is sent to the source.</summary>
/// <param name="Method">Upper-case.</param>
/// <param name="Path">Starts with a slash; percent-encoded only where it must be.</param>
/// <param name="Query">Without the question mark; empty where there is none.</param>
/// <param name="Segments">The path's segments, decoded.</param>
/// <param name="Parameters">The query's parameters, decoded, in order.</param>
public sealed record CanonicalRequest(
    string Method,
    string Path,
    string Query,
    ImmutableArray<string> Segments,
    ImmutableArray<QueryParameter> Parameters)
{
    /// <summary>Path and query as they go into a request target.</summary>
    public string PathAndQuery => Query.Length == 0 ? Path : Path + "?" + Query;
}

/// <summary>One query parameter, decoded.</summary>
/// <param name="Name">As the caller spelled it.</param>
/// <param name="Value">Empty where there is no <c>=</c>.</param>
public readonly record struct QueryParameter(string Name, string Value);
