using System.Text.Unicode;
using Psoxy.Core.Sanitize;

namespace Psoxy.Core.Tests.Sanitize;

public sealed class Utf8ValidatorTests
{
    // Every way to begin, go on and end a character, with what may stand around it.
    private static readonly byte[] Octets = [(byte)'"', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF];

    [Test]
    public void Chunks_are_judged_as_the_whole_is()
    {
        var judged = 0;
        foreach (var a in Octets)
            foreach (var b in Octets)
                foreach (var c in Octets)
                    foreach (var d in Octets)
                    {
                        byte[] whole = [a, b, c, d];
                        for (var mask = 0; mask < 8; mask++)
                            if (InChunks(whole, mask) != Utf8.IsValid(whole)) Assert.Fail($"{Convert.ToHexString(whole)} cut by {mask}");
                        judged++;
                    }

        Assert.That(judged, Is.EqualTo(18 * 18 * 18 * 18));
    }

    [Test]
    public void What_cannot_be_the_rest_of_a_character_is_refused_at_once()
    {
        var validator = default(Utf8Validator);
        Assert.That(validator.Accept([0xE2]), Is.True);
        Assert.That(validator.IsWhole, Is.False);
        Assert.That(validator.Accept("\""u8), Is.False, "the quote would have ended the string");
    }

    // The bits of the mask say between which octets the input is cut.
    private static bool InChunks(byte[] whole, int mask)
    {
        var validator = default(Utf8Validator);
        var from = 0;
        for (var at = 1; at <= whole.Length; at++)
        {
            if (at < whole.Length && (mask & (1 << (at - 1))) == 0) continue;
            if (!validator.Accept(whole.AsSpan(from..at))) return false;
            from = at;
        }

        return validator.IsWhole;
    }
}
