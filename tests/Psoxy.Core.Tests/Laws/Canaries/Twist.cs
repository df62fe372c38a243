namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>How a response differs from what Graph's documents promise.</summary>
internal enum Twist
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Every character of every name and text is escaped.</summary>
    Escaped,

    /// <summary>Each name stands twice.</summary>
    Duplicated,

    /// <summary>Properties that nobody knows, and known ones in other letters.</summary>
    Unknown,

    /// <summary>Every known name in every object.</summary>
    Misplaced,

    /// <summary>Objects where texts should be.</summary>
    ObjectForText,

    /// <summary>Lists, and lists in lists, where texts should be.</summary>
    ListForText,

    /// <summary>Texts where objects should be.</summary>
    TextForObject,

    /// <summary>Numbers where texts should be.</summary>
    NumberForText,
}
