namespace Psoxy.Core.Sanitize.Values;

/// <summary>A scalar as transforms see it.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Text">The unescaped string, or the number's JSON text; empty for the others. <c>null</c> for a string with half a surrogate pair, which no transform can read.</param>
internal readonly record struct JsonScalar(ScalarKind Kind, string? Text)
{
    public static readonly JsonScalar Null = new(ScalarKind.Null, "");
}

/// <summary>Kinds of scalars.</summary>
internal enum ScalarKind
{
    Null = 0,
    String,
    Number,
    Boolean,
}
