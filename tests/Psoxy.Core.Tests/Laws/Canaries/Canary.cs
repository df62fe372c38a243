namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>A word that stands for a person's, once in all that is planted.</summary>
/// <param name="Number">Tells it from others.</param>
/// <param name="Where">Path and kind of text, for people.</param>
/// <param name="MayShow">Whether what the classification says of the place lets it be seen.</param>
/// <param name="MustShow">Path at which it is kept whole; <c>null</c> where nothing is claimed.</param>
internal sealed record Canary(int Number, string Where, bool MayShow, string? MustShow)
{
    /// <summary>As a text has it: lower-case, since canonical forms of addresses are.</summary>
    public string Word => $"cnry{Number:D6}x";

    /// <summary>As a number has it.</summary>
    public string Digits => $"7700{Number:D6}77";
}
