using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Psoxy.Core.Gate.OData;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Gate;

/// <summary>
/// A text of a request that Graph repeats in a paging link, as a token that reverses only where it stood. Were it a token like those of data, a caller could have one
/// made of any name, by filtering some visible property by it, and then ask for that person's data with it.
/// </summary>
internal static class SealedText
{
    // Values that tokens of data stand for may not hold a control character where tokens are reversed.
    private const char Mark = '\u0001';
    private const int DigestBytes = 12;
    private const int DigestLength = 16;

    /// <summary>Seals a text.</summary>
    /// <param name="text">Decoded.</param>
    /// <param name="parameter">Name of the query parameter, in any spelling.</param>
    /// <param name="before">The parameter's decoded value up to the text, sealed texts in it as they are sent back.</param>
    /// <param name="pseudonymizer">Holds the key.</param>
    public static string Seal(string text, string parameter, ReadOnlySpan<char> before, Pseudonymizer pseudonymizer) =>
        string.Concat(pseudonymizer.Tokenize(string.Concat([Mark], Place(parameter, before), text)), TokenPattern.SealedMark);

    /// <summary>Reads what a sealed token decrypts to; false if it was sealed elsewhere, or never.</summary>
    public static bool TryOpen(string original, string parameter, ReadOnlySpan<char> before, out string text)
    {
        text = "";
        if (original.Length <= DigestLength || original[0] != Mark || !original.AsSpan(1, DigestLength).SequenceEqual(Place(parameter, before))) return false;
        text = original[(DigestLength + 1)..];
        return true;
    }

    private static string Place(string parameter, ReadOnlySpan<char> before) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(ODataOption.Normalize(parameter), "=", before))).AsSpan(0, DigestBytes));
}
