namespace Psoxy.Cli;

/// <summary>A text that a command writes to a file.</summary>
internal static class PageFile
{
    /// <summary>Writes it in place of what is there.</summary>
    /// <exception cref="UsageException">It cannot be written; says why.</exception>
    public static void Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{file} cannot be written: {problem.Message}");
        }
    }
}
