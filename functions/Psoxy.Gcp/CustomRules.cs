using System.Buffers.Text;
using System.IO.Compression;
using System.Text;

namespace Psoxy.Gcp;

/// <summary>The forms that <c>RULES</c> may have.</summary>
internal static class CustomRules
{
    private const int MaxBytes = 1 << 20;

    /// <summary>YAML as it is, base64 of it, or base64 of its gzip.</summary>
    public static bool TryDecode(string value, out byte[] yaml)
    {
        yaml = Encoding.UTF8.GetBytes(value);
        var compact = new string([.. value.Where(c => !char.IsWhiteSpace(c))]);
        if (!Base64.IsValid(compact) || compact.Length < 16) return true;
        yaml = Convert.FromBase64String(compact);
        if (yaml is not [0x1F, 0x8B, ..]) return true;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(yaml), CompressionMode.Decompress);
            var plain = new byte[MaxBytes + 1];
            var length = gzip.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false);
            yaml = plain[..length];
            return length <= MaxBytes;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
