using Psoxy.Core.Sanitize.Values;

namespace Psoxy.Core.Sanitize;

/// <summary>What happened to one response, in counts and property names; never values.</summary>
public sealed class SanitizeReport
{
    private const int MaxNames = 32;
    private const int MaxNameLength = 64;

    // Two seconds of a request's time at the most: a rule that gives up on each of a thousand values would take minutes.
    private const int MaxGivenUp = 8;
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>Bytes read.</summary>
    public long BytesIn { get; internal set; }

    /// <summary>Bytes written.</summary>
    public long BytesOut { get; internal set; }

    /// <summary>Members and elements that are not in the output.</summary>
    public long Dropped { get; internal set; }

    /// <summary>Scalars that a transform changed.</summary>
    public long Changed { get; internal set; }

    /// <summary>Values that could not be treated as the rules ask, and were nulled or removed for safety.</summary>
    public long Warnings { get; internal set; }

    /// <summary>Whether something happened for which the response is given up.</summary>
    internal bool IsExhausted => Fault != SanitizeStatus.NeedMore;

    /// <summary>Why it is: a link is lost, or regexes have taken too long too often.</summary>
    internal SanitizeStatus Fault { get; private set; } = SanitizeStatus.NeedMore;

    private int GivenUp { get; set; }

    /// <summary>Names that the allow-list does not know, the first few.</summary>
    public IReadOnlyCollection<string> UnknownProperties => _unknown;

    internal void Count(ValueOutcome outcome)
    {
        Warnings += outcome.Warning ? 1 : 0;
        GivenUp += outcome.IsGivenUp ? 1 : 0;
        if (GivenUp >= MaxGivenUp) Fault = SanitizeStatus.Timeout;
    }

    /// <summary>A link to more could not be kept: without it a page looks like the last.</summary>
    internal void LoseLink() => Fault = SanitizeStatus.LinkUnreadable;

    internal void CountUnknown(string? name)
    {
        Dropped++;
        NameUnknown(name);
    }

    // A name may be data where somebody uses a map, so only what looks like a property of a schema is told.
    internal void NameUnknown(string? name)
    {
        if (name is { Length: > 0 and <= MaxNameLength } && _unknown.Count < MaxNames && name.All(c => char.IsAsciiLetter(c) || c is '@' or '.' or '_')) _unknown.Add(name);
    }
}
