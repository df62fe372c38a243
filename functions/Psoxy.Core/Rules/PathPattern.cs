using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Psoxy.Core.Rules;

/// <summary>How an endpoint recognises its requests.</summary>
public abstract record PathPattern;

/// <summary><c>pathTemplate</c>: a path of literal segments and parameters.</summary>
/// <param name="Text">As written, e.g. <c>/v1.0/users/{userId}/messages/{messageId}</c>.</param>
/// <param name="Segments">The segments between slashes, in order.</param>
public sealed record PathTemplate(string Text, ImmutableArray<TemplateSegment> Segments) : PathPattern;

/// <summary>One segment of a template: literal text and parameters in turn, e.g. <c>f(a={a},b={b})</c>.</summary>
/// <param name="Parts">At least one; two parameters never touch.</param>
public sealed record TemplateSegment(ImmutableArray<TemplatePart> Parts)
{
    /// <summary>Whether the segment holds no parameter at all.</summary>
    public bool IsLiteral => Parts is [TemplateLiteral];
}

/// <summary>A piece of a segment.</summary>
public abstract record TemplatePart;

/// <summary>Text that must stand there, in canonical percent-encoding; compared ordinally.</summary>
/// <param name="Text">Not empty.</param>
public sealed record TemplateLiteral(string Text) : TemplatePart;

/// <summary>A parameter.</summary>
/// <param name="Name">Without braces.</param>
/// <param name="Optional">Whether it may be empty (<c>{name?}</c>).</param>
public sealed record TemplateParameter(string Name, bool Optional) : TemplatePart;

/// <summary><c>pathRegex</c>: must match the whole of canonical path plus <c>?</c> and canonical query, ignoring case.</summary>
/// <param name="Text">As written.</param>
/// <param name="Regex">Compiled with a time limit; a match that runs out of time counts as no match.</param>
public sealed record PathRegex(string Text, Regex Regex) : PathPattern;
