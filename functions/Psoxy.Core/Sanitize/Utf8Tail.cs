namespace Psoxy.Core.Sanitize;

/// <summary>The end of a chunk may cut a character.</summary>
internal static class Utf8Tail
{
    /// <summary>Bytes at the end that begin a character without ending it: 0 to 3.</summary>
    public static int Incomplete(ReadOnlySpan<byte> utf8)
    {
        for (var back = 1; back <= Math.Min(3, utf8.Length); back++)
        {
            var octet = utf8[^back];
            if ((octet & 0b1100_0000) == 0b1000_0000) continue;
            var length = octet >= 0b1111_0000 ? 4 : octet >= 0b1110_0000 ? 3 : octet >= 0b1100_0000 ? 2 : 1;
            return length > back ? back : 0;
        }

        return 0;
    }
}
