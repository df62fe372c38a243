using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Psoxy.Core.Rules;

/// <summary>The only place that makes a regex. Takes Java's dialect, since that is what rules files hold, and lets none run away.</summary>
public static class SafeRegex
{
    /// <summary>A rule's regex may not be longer.</summary>
    public const int MaxLength = 8192;

    /// <summary>A match that takes longer is given up, which drops the value.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>Compiles a Java regex.</summary>
    /// <param name="java">As written in a rules file.</param>
    /// <param name="whole">Whether it must match the whole text, as Java's <c>matches()</c> does.</param>
    /// <param name="options">Further options, such as <see cref="RegexOptions.IgnoreCase"/>.</param>
    /// <param name="regex">The compiled regex.</param>
    /// <param name="error">What is wrong with it, in words for the author of the rules file.</param>
    public static bool TryCompile(string java, bool whole, RegexOptions options, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        regex = null;
        if (java.Length > MaxLength)
        {
            error = $"a regex of {java.Length} characters; {MaxLength} at most";
            return false;
        }

        if (!JavaRegex.TryTranslate(java, out var pattern, out error)) return false;
        if (whole) pattern = @"\A(?:" + pattern + @")\z";
        try
        {
            regex = Compile(pattern, options | RegexOptions.CultureInvariant);
            return true;
        }
        catch (ArgumentException fault)
        {
            error = $"not a valid regex: {fault.Message}";
            return false;
        }
    }

    /// <summary>For patterns of our own.</summary>
    /// <exception cref="ArgumentException">The pattern is invalid: a bug.</exception>
    public static Regex Own(string java, bool whole = false, RegexOptions options = RegexOptions.None) =>
        TryCompile(java, whole, options, out var regex, out var error) ? regex : throw new ArgumentException(error, nameof(java));

    private static Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, MatchTimeout);
        }
        catch (NotSupportedException)
        {
            // Look-around, back references and atomic groups need backtracking; the time limit holds it.
            return new Regex(pattern, options, MatchTimeout);
        }
    }
}
