using System.Collections.Immutable;

namespace Psoxy.Core.Sanitize.Values;

/// <summary>Finds allowed phrases in a text: literally, ignoring case, on word boundaries.</summary>
internal static class Phrases
{
    /// <summary>The phrases present as the text writes them, in the rules' order, comma-joined.</summary>
    public static string Keep(ImmutableArray<string> phrases, string text)
    {
        List<string>? found = null;
        foreach (var phrase in phrases)
        {
            var wanted = phrase.AsSpan().TrimEnd(" \t:");
            var at = Find(text, wanted);
            if (at >= 0) (found ??= []).Add(text.Substring(at, wanted.Length));
        }

        return found is null ? "" : string.Join(',', found);
    }

    private static int Find(string text, ReadOnlySpan<char> phrase)
    {
        if (phrase.IsWhiteSpace()) return -1;
        for (var from = 0; from + phrase.Length <= text.Length; from++)
        {
            var at = text.AsSpan(from).IndexOf(phrase, StringComparison.OrdinalIgnoreCase);
            if (at < 0) return -1;
            from += at;
            if (!IsWord(text, from - 1) && !IsWord(text, from + phrase.Length)) return from;
        }

        return -1;
    }

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
