using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Psoxy.Core.Rules;

/// <summary>What the value of a path or query parameter must look like.</summary>
public sealed record ParameterSchema
{
    /// <summary>Type of the value, <c>null</c> for any.</summary>
    public ParameterType? Type { get; init; }

    /// <summary>Whether only a reversible pseudonym (<c>p~…</c>) will do.</summary>
    public bool ReversiblePseudonym { get; init; }

    /// <summary>Must match the whole value.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>The values allowed, <c>null</c> for any.</summary>
    public ImmutableArray<string>? Values { get; init; }

    /// <summary>At least one of these must hold too, where there are any.</summary>
    public ImmutableArray<ParameterSchema> AnyOf { get; init; } = [];

    /// <summary>Whether a query parameter must be there. A path parameter always is.</summary>
    public bool Required { get; init; }
}

/// <summary>Type of a parameter's value.</summary>
public enum ParameterType
{
    /// <summary>Any text.</summary>
    String,

    /// <summary>An optional sign and decimal digits.</summary>
    Integer,

    /// <summary>A JSON number.</summary>
    Number,
}
