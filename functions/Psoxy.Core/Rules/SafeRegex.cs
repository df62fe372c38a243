using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Psoxy.Core.Rules.Dialect;

namespace Psoxy.Core.Rules;

/// <summary>The only place that makes a regex. Takes Java's dialect, since that is what rules files hold, and lets none run away.</summary>
public static class SafeRegex
{
    /// <summary>A rule's regex may not be longer.</summary>
    public const int MaxLength = 8192;

    /// <summary>A match that backtracks longer than this is given up, which drops the value.</summary>
    public static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(250);

    /// <summary>The same for the engine whose time grows with the text only: it takes so long where the processor is not ours, and then nothing is wrong with the value.</summary>
    public static readonly TimeSpan LinearMatchTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Compiles a Java regex.</summary>
    /// <param name="java">As written in a rules file.</param>
    /// <param name="whole">Whether it must match the whole text, as Java's <c>matches()</c> does.</param>
    /// <param name="options">IgnoreCase, Multiline and Singleline, which then mean what they mean in Java; others are not read.</param>
    /// <param name="regex">The compiled regex.</param>
    /// <param name="error">What is wrong with it, in words for the author of the rules file.</param>
    public static bool TryCompile(string java, bool whole, RegexOptions options, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error) =>
        TryCompile(java, whole, groups: !whole, options, out regex, out error);

    /// <summary>Compiles a Java regex.</summary>
    /// <param name="java">See the other overload.</param>
    /// <param name="whole">See the other overload.</param>
    /// <param name="groups">Whether somebody will ask where it matched, or what its groups have, rather than only whether it does.</param>
    /// <param name="options">See the other overload.</param>
    /// <param name="regex">See the other overload.</param>
    /// <param name="error">See the other overload.</param>
    internal static bool TryCompile(string java, bool whole, bool groups, RegexOptions options, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? error)
    {
        regex = null;
        if (java.Length > MaxLength)
        {
            error = $"a regex of {java.Length} characters; {MaxLength} at most";
            return false;
        }

        if (!JavaRegex.TryTranslate(java, whole, Flags(options), out var pattern, out error)) return false;
        if (whole) pattern = @"\A(?:" + pattern + @")\z";
        try
        {
            regex = Compile(pattern, linear: whole && !groups);
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

    // The flags are written into the pattern: .NET's own would mean more letters and fewer line ends.
    private static JavaFlags Flags(RegexOptions options) =>
        (options.HasFlag(RegexOptions.IgnoreCase) ? JavaFlags.IgnoreCase : JavaFlags.None)
        | (options.HasFlag(RegexOptions.Multiline) ? JavaFlags.Multiline : JavaFlags.None)
        | (options.HasFlag(RegexOptions.Singleline) ? JavaFlags.DotAll : JavaFlags.None);

    /// <summary>Whether a match has been given up: out of time, or out of what the engine remembers of its way.</summary>
    public static bool IsGivenUp(Exception fault) => fault is RegexMatchTimeoutException or OverflowException;

    // The linear engine is asked only whether a whole text matches. Where a match begins and what its groups have it does not know for certain: in .NET 10.0.12
    // [^a]?[A-Z] finds two of the three matches in "KzaK}1E", and (b)\z can lose its group. Compared with Java on 100,000 random regexes, the engine that
    // backtracks is right there; the time limit holds it.
    private static Regex Compile(string pattern, bool linear)
    {
        try
        {
            if (linear) return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, LinearMatchTimeout);
        }
        catch (NotSupportedException)
        {
            // Look-around, back references and atomic groups need backtracking.
        }

        return new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
    }
}
