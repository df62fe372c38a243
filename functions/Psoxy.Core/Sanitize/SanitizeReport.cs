using System.Text;

namespace Psoxy.Core.Sanitize;

/// <summary>What happened to one response, in counts and property names; never values.</summary>
public sealed class SanitizeReport
{
    private const int MaxNames = 32;
    private const int MaxNameLength = 64;
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly HashSet<byte[]> _seen = new(Utf8Names.Instance);
    private readonly HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> _seenLookup;

    internal SanitizeReport() => _seenLookup = _seen.GetAlternateLookup<ReadOnlySpan<byte>>();

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

    /// <summary>Names that the allow-list does not know, the first few.</summary>
    public IReadOnlyCollection<string> UnknownProperties => _unknown;

    // A name may be data where somebody uses a map, so only what looks like a property of a schema is told.
    internal void CountUnknown(string? name)
    {
        Dropped++;
        if (name is { Length: > 0 and <= MaxNameLength } && _unknown.Count < MaxNames && name.All(c => char.IsAsciiLetter(c) || c is '@' or '.' or '_')) _unknown.Add(name);
    }

    // The same without making a string of a name that is known to be unknown already.
    internal void CountUnknown(ReadOnlySpan<byte> rawName)
    {
        if (_seen.Count >= MaxNames || _seenLookup.Contains(rawName)) Dropped++;
        else
        {
            _seenLookup.Add(rawName);
            CountUnknown(Encoding.UTF8.GetString(rawName));
        }
    }
}
