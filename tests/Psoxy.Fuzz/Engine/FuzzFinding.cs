using System.Security.Cryptography;

namespace Psoxy.Fuzz.Engine;

/// <summary>An input that breaks its target.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Seed">Of the run that found it.</param>
/// <param name="Number">Which input of that run it was, from 1; 0 for one of the corpus.</param>
/// <param name="Kind">The invariant, or the exception and where it came from: one finding is kept of each.</param>
/// <param name="Message">What happened.</param>
/// <param name="Input">As small as it could be made.</param>
internal sealed record FuzzFinding(string Target, int Seed, long Number, string Kind, string Message, byte[] Input)
{
    /// <summary><c>target-hash.bin</c>.</summary>
    public string FileName => $"{Target}-{Convert.ToHexStringLower(SHA256.HashData(Input))[..12]}.bin";

    /// <summary>What tells this fault from others.</summary>
    public static string KindOf(Exception fault) => fault is BrokenInvariantException broken
        ? broken.Invariant
        : $"{fault.GetType().Name} from {fault.TargetSite?.DeclaringType?.FullName}.{fault.TargetSite?.Name}";
}
