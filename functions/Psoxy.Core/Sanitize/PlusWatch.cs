using System.Text.Json;
using Psoxy.Core.Sanitize.Dom;

namespace Psoxy.Core.Sanitize;

/// <summary>
/// A source that has names with a <c>+</c> of its own could pass its text off as our augments, so then no augment runs. A name that comes after an augment has
/// been written cannot undo it: that document is given up.
/// </summary>
/// <param name="isNeeded">Whether the rules have augments at all.</param>
internal sealed class PlusWatch(bool isNeeded)
{
    private bool _isSeen;
    private bool _isAugmented;

    /// <summary>Whether names must be shown to this, also those of what is dropped.</summary>
    public bool IsNeeded => isNeeded;

    /// <summary>Whether augments may run on what has been read.</summary>
    public bool MayAugment => isNeeded && !_isSeen;

    /// <summary>Takes a name; false if it came too late.</summary>
    public bool Pass(ref Utf8JsonReader reader)
    {
        if (!isNeeded || reader.ValueSpan is not [(byte)'+' or (byte)'\\', ..]) return true;
        if (reader.ValueIsEscaped && DomReader.Unescape(ref reader) is not ['+', ..]) return true;
        _isSeen = true;
        return !_isAugmented;
    }

    /// <summary>An augment is being written.</summary>
    public void Augmented() => _isAugmented = true;

    /// <summary>Another document begins.</summary>
    public void Reset() => (_isSeen, _isAugmented) = (false, false);
}
