using System.Security.Cryptography;
using System.Text;

namespace Psoxy.Emulator.Google.Buildpack;

/// <summary>One name for what went into a build: names and bytes of files, not their times.</summary>
internal static class ContentHash
{
    public static string OfFolder(string folder, IEnumerable<string> more)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))));
        }

        foreach (var text in more) hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }
}
