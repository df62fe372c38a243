namespace Psoxy.Core.Rules.Loading;

/// <summary>Levenshtein's distance, for "did you mean".</summary>
internal static class EditDistance
{
    private const int Longest = 64;

    /// <summary>Insertions, deletions and changes from one word to the other, upper and lower case being alike; <paramref name="atMost"/> if it is no less.</summary>
    public static int Between(string a, string b, int atMost)
    {
        if (a.Length > Longest || b.Length > Longest || Math.Abs(a.Length - b.Length) >= atMost) return atMost;
        Span<int> row = stackalloc int[Longest + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                (diagonal, row[j]) = (row[j], next);
            }
        }

        return Math.Min(row[b.Length], atMost);
    }
}
