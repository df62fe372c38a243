namespace Psoxy.Fuzz.Engine;

/// <summary>Inputs kept as files: what once went wrong, and good parents. One folder per target.</summary>
internal static class CorpusFolder
{
    /// <summary>Copied beside the program.</summary>
    public static string Built => Path.Combine(AppContext.BaseDirectory, "Corpus");

    /// <summary>A target's files, by name; none where it has no folder.</summary>
    public static IReadOnlyList<string> Files(string folder, string target)
    {
        var own = Path.Combine(folder, target);
        return Directory.Exists(own) ? [.. Directory.EnumerateFiles(own, "*.bin").Order(StringComparer.Ordinal)] : [];
    }
}
