using System.Globalization;
using System.Text;

namespace Psoxy.Core.Rules.Dialect;

/// <summary>A set of UTF-16 units, kept as ranges so that it can be complemented and folded exactly; plus Unicode categories, which cannot.</summary>
internal sealed class CharSet
{
    private readonly List<(int Low, int High)> _ranges = [];
    private readonly StringBuilder _categories = new();

    public static CharSet Of(params ReadOnlySpan<(int Low, int High)> ranges)
    {
        var set = new CharSet();
        foreach (var (low, high) in ranges) set.Add(low, high);
        return set;
    }

    public static CharSet OfCategory(string name, bool negated)
    {
        var set = new CharSet();
        set._categories.Append(negated ? @"\P{" : @"\p{").Append(name).Append('}');
        return set;
    }

    public void Add(int low, int high) => _ranges.Add((low, high));

    public void Add(CharSet other)
    {
        _ranges.AddRange(other._ranges);
        _categories.Append(other._categories);
    }

    /// <summary>Everything else. Only for sets without categories.</summary>
    public CharSet Complement()
    {
        var complement = new CharSet();
        var next = 0;
        foreach (var (low, high) in _ranges.OrderBy(range => range.Low))
        {
            if (low > next) complement.Add(next, low - 1);
            next = Math.Max(next, high + 1);
        }

        if (next <= char.MaxValue) complement.Add(next, char.MaxValue);
        return complement;
    }

    /// <summary>Adds the other case of every ASCII letter in it: what Java's CASE_INSENSITIVE does, and no more.</summary>
    public void FoldAsciiCase()
    {
        foreach (var (low, high) in _ranges.ToArray())
        {
            AddShifted(Math.Max(low, 'A'), Math.Min(high, 'Z'), 'a' - 'A');
            AddShifted(Math.Max(low, 'a'), Math.Min(high, 'z'), 'A' - 'a');
        }
    }

    public string ToNet(bool negated)
    {
        var net = new StringBuilder(negated ? "[^" : "[");
        foreach (var (low, high) in _ranges)
        {
            AppendUnit(net, low);
            if (high > low) AppendUnit(net.Append('-'), high);
        }

        return net.Append(_categories).Append(']').ToString();
    }

    private void AddShifted(int low, int high, int shift)
    {
        if (low <= high) Add(low + shift, high + shift);
    }

    private static void AppendUnit(StringBuilder net, int unit) => net.Append(CultureInfo.InvariantCulture, $"\\u{unit:X4}");
}
