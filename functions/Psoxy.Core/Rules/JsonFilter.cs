using System.Text.RegularExpressions;

namespace Psoxy.Core.Rules;

/// <summary>Condition of a filter step.</summary>
public abstract record JsonFilter;

/// <summary><c>@.a</c>: the relative path finds something (a null counts).</summary>
/// <param name="Path">Relative to the candidate; properties, indices and wildcards only.</param>
public sealed record ExistsFilter(JsonPath Path) : JsonFilter;

/// <summary><c>@.a == 'x'</c>, <c>@.a != 'x'</c>. A candidate without the path is unequal to everything.</summary>
/// <param name="Path">Relative to the candidate.</param>
/// <param name="Negated">Whether it is <c>!=</c>.</param>
/// <param name="Literal">JSON text of the constant: a string, a number, true, false or null.</param>
public sealed record CompareFilter(JsonPath Path, bool Negated, string Literal) : JsonFilter;

/// <summary><c>@.a =~ /re/flags</c>: the whole string must match.</summary>
/// <param name="Path">Relative to the candidate.</param>
/// <param name="Regex">Compiled with a time limit; running out of time counts as no match.</param>
public sealed record RegexFilter(JsonPath Path, Regex Regex) : JsonFilter;

/// <summary><c>&amp;&amp;</c>.</summary>
/// <param name="Left">One side.</param>
/// <param name="Right">The other.</param>
public sealed record AndFilter(JsonFilter Left, JsonFilter Right) : JsonFilter;

/// <summary><c>||</c>.</summary>
/// <param name="Left">One side.</param>
/// <param name="Right">The other.</param>
public sealed record OrFilter(JsonFilter Left, JsonFilter Right) : JsonFilter;

/// <summary><c>!</c>.</summary>
/// <param name="Operand">What must not hold.</param>
public sealed record NotFilter(JsonFilter Operand) : JsonFilter;
