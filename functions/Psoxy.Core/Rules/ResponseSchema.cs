using System.Collections.Immutable;

namespace Psoxy.Core.Rules;

/// <summary>An allow-list shaped like JSON Schema. Every <c>$ref</c> is resolved; schemas may refer to themselves.</summary>
public sealed class ResponseSchema
{
    /// <summary>Which values pass; <see cref="SchemaType.Unspecified"/> lets any scalar pass and no container.</summary>
    public SchemaType Type { get; internal set; }

    /// <summary>The properties that stay, by unescaped name. Empty for an object means that none stays.</summary>
    public ImmutableDictionary<string, ResponseSchema> Properties { get; internal set; } = ImmutableDictionary<string, ResponseSchema>.Empty;

    /// <summary>Schema of an array's elements; <c>null</c> lets none stay.</summary>
    public ResponseSchema? Items { get; internal set; }

    /// <summary>Alternatives: the first whose condition holds is used in this schema's place. Empty where there are none.</summary>
    public ImmutableArray<SchemaAlternative> AnyOf { get; internal set; } = [];
}

/// <summary>One alternative of <c>anyOf</c>.</summary>
/// <param name="Condition"><c>if</c>; <c>null</c> always holds.</param>
/// <param name="Then">Used where the condition holds.</param>
/// <param name="Else">Used where it does not; <c>null</c> tries the next alternative.</param>
public sealed record SchemaAlternative(SchemaCondition? Condition, ResponseSchema Then, ResponseSchema? Else);

/// <summary><c>if</c> with <c>properties</c> of <c>const</c>: holds when each property is there and equals its constant.</summary>
/// <param name="Constants">JSON text of each constant, by property name.</param>
public sealed record SchemaCondition(ImmutableDictionary<string, string> Constants);

/// <summary>The <c>type</c> of a schema.</summary>
public enum SchemaType
{
    /// <summary>No <c>type</c>: any scalar stays, a container becomes null.</summary>
    Unspecified = 0,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A string.</summary>
    String,

    /// <summary>A number without a fraction, whatever its size or spelling.</summary>
    Integer,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,
}
