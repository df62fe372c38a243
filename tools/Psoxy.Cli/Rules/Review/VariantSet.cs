using System.Numerics;

namespace Psoxy.Cli.Rules.Review;

/// <summary>Some of the variants of the page, by their number.</summary>
/// <param name="Bits">One for each.</param>
internal readonly record struct VariantSet(uint Bits)
{
    public const int Most = 32;

    public static VariantSet Of(int variant) => new(1u << variant);

    public bool IsEmpty => Bits == 0;

    /// <summary>The first, which stands for all where one must.</summary>
    public int First => BitOperations.TrailingZeroCount(Bits);

    public bool Has(int variant) => (Bits & (1u << variant)) != 0;

    public VariantSet With(VariantSet other) => new(Bits | other.Bits);

    public VariantSet Without(VariantSet other) => new(Bits & ~other.Bits);

    public IEnumerable<int> Numbers()
    {
        var bits = Bits;
        return Enumerable.Range(0, Most).Where(number => (bits & (1u << number)) != 0);
    }
}
