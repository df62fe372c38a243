namespace Psoxy.Core.Sanitize;

/// <summary>Bounds of one response; beyond them it is given up rather than passed in part.</summary>
public sealed record SanitizerLimits
{
    /// <summary>The defaults.</summary>
    public static readonly SanitizerLimits Default = new();

    /// <summary>Nesting of JSON.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Bytes held at once: one token, or a value whose rules need it whole. 32 MiB.</summary>
    public int MaxBufferedBytes { get; init; } = 32 << 20;

    /// <summary>Bytes of input in all, after decompression.</summary>
    public long MaxInputBytes { get; init; } = long.MaxValue;
}
