using Psoxy.Core.Pseudonyms;

namespace Psoxy.Fuzz.Targets;

/// <summary>The pseudonyms of all targets; made once, since deriving a key is slow on purpose.</summary>
internal static class FuzzKey
{
    public static readonly Pseudonymizer Pseudonymizer = new(PseudonymKey.Create("salt"u8, "secret"u8), new PseudonymOptions());
}
