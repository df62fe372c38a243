using System.Collections.Immutable;

namespace Psoxy.Core.Rules;

/// <summary>A path into JSON, in the subset and with the meaning of rules-language section 2 (Jayway's).</summary>
/// <param name="Text">As written.</param>
/// <param name="Steps">After <c>$</c> or <c>@</c>, in order.</param>
public sealed record JsonPath(string Text, ImmutableArray<JsonPathStep> Steps);

/// <summary>One step of a path.</summary>
/// <param name="Recursive">Whether <c>..</c> stands before it: it then applies to the value and to everything below it.</param>
public abstract record JsonPathStep(bool Recursive);

/// <summary><c>.name</c>, <c>['name']</c>, <c>['a','b']</c>: properties of an object, by unescaped name.</summary>
/// <param name="Recursive">See <see cref="JsonPathStep"/>.</param>
/// <param name="Names">At least one.</param>
public sealed record PropertyStep(bool Recursive, ImmutableArray<string> Names) : JsonPathStep(Recursive);

/// <summary><c>[*]</c>, <c>.*</c>: every element of an array, every property of an object.</summary>
/// <param name="Recursive">See <see cref="JsonPathStep"/>.</param>
public sealed record WildcardStep(bool Recursive) : JsonPathStep(Recursive);

/// <summary><c>[n]</c>: one element of an array.</summary>
/// <param name="Recursive">See <see cref="JsonPathStep"/>.</param>
/// <param name="Index">From 0; negative counts from the end.</param>
public sealed record IndexStep(bool Recursive, int Index) : JsonPathStep(Recursive);

/// <summary><c>[?(…)]</c>: the elements of an array for which the filter holds; of an object, the object itself (as Jayway does).</summary>
/// <param name="Recursive">See <see cref="JsonPathStep"/>.</param>
/// <param name="Filter">The condition.</param>
public sealed record FilterStep(bool Recursive, JsonFilter Filter) : JsonPathStep(Recursive);
