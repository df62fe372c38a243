namespace Psoxy.Core.Rules;

/// <summary>One thing wrong in a rules file.</summary>
/// <param name="File">As the caller named it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Endpoint">The endpoint it is in, by its template or regex; <c>null</c> outside of one.</param>
/// <param name="Message">What was found and what was expected.</param>
/// <param name="IsYaml">Whether the file is not even YAML (<c>RULES_INVALID_YAML</c>).</param>
public sealed record RulesError(string File, int Line, int Column, string? Endpoint, string Message, bool IsYaml)
{
    /// <summary><c>file:line:column: endpoint: message</c>, as editors jump to: one line, whatever the file holds.</summary>
    public override string ToString() => OneLine(Endpoint is null ? $"{File}:{Line}:{Column}: {Message}" : $"{File}:{Line}:{Column}: {Endpoint}: {Message}");

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c.ToString()));
}
