using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Psoxy.Emulator.Graph;

/// <summary>Marks of how much of a change log somebody has seen. All that were given out can be made to expire.</summary>
internal sealed class DeltaMarks
{
    private int _generation;

    /// <summary>All marks given out before are good for nothing.</summary>
    public void Expire() => Interlocked.Increment(ref _generation);

    /// <param name="seen">Changes that whoever holds the mark has seen.</param>
    /// <param name="upTo">Up to which the pages under way go.</param>
    /// <param name="row">Rows of these pages that are behind.</param>
    public string Write(int seen, int upTo, int row) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"delta|{_generation}|{seen}|{upTo}|{row}")));

    /// <summary>What a mark says, or <c>null</c> where it is none.</summary>
    public (bool IsExpired, int Seen, int UpTo, int Row)? Read(string mark)
    {
        if (!Base64Url.IsValid(mark)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(mark)).Split('|');
        var numbers = parts.Skip(1).Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToList();
        return parts[0] == "delta" && numbers.Count == 4 && !numbers.Contains(-1) ? (numbers[0] != _generation, numbers[1], numbers[2], numbers[3]) : null;
    }
}
