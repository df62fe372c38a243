using System.IO.Enumeration;

namespace GoogleCloud.Tests.Publishing;

/// <summary>A copy of the repository with what <c>.gcloudignore</c> lets through: all that the buildpack has.</summary>
internal static class UploadedSource
{
    public static void CopyTo(string folder)
    {
        var ignored = File.ReadLines(Path.Combine(BuildFacts.RepositoryRoot, ".gcloudignore")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.TrimEnd('/')).ToList();
        Copy("");

        void Copy(string relative)
        {
            Directory.CreateDirectory(Path.Combine(folder, relative));
            foreach (var entry in new DirectoryInfo(Path.Combine(BuildFacts.RepositoryRoot, relative)).EnumerateFileSystemInfos())
            {
                var path = Path.Combine(relative, entry.Name);
                if (ignored.LastOrDefault(pattern => Matches(pattern.TrimStart('!'), path, entry.Name)) is { } last && last[0] != '!') continue;
                if (entry is DirectoryInfo) Copy(path);
                else File.Copy(entry.FullName, Path.Combine(folder, path));
            }
        }
    }

    // As in .gitignore: a pattern with a slash is of the whole path, any other of the name; the last that matches counts, and '!' takes back.
    private static bool Matches(string pattern, string path, string name)
    {
        if (!pattern.Contains('/', StringComparison.Ordinal)) return FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
        var whole = pattern.TrimStart('/');
        return path.Count(character => character == '/') == whole.Count(character => character == '/') && FileSystemName.MatchesSimpleExpression(whole, path, ignoreCase: false);
    }
}
