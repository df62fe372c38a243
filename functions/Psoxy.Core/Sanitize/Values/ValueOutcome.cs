namespace Psoxy.Core.Sanitize.Values;

/// <summary>What a transform makes of one scalar. <c>default</c> removes it.</summary>
/// <param name="Action">What happens to it.</param>
/// <param name="Text">Where it is replaced: the new string, unescaped.</param>
/// <param name="Warning">Whether something about it should be counted.</param>
/// <param name="IsGivenUp">Whether that is because a regex took too long.</param>
internal readonly record struct ValueOutcome(ValueAction Action, string? Text = null, bool Warning = false, bool IsGivenUp = false)
{
    public static readonly ValueOutcome Removed = new(ValueAction.Remove);
    public static readonly ValueOutcome Null = new(ValueAction.Null);
    public static readonly ValueOutcome Kept = new(ValueAction.Keep);
    public static readonly ValueOutcome Failed = new(ValueAction.Null, Warning: true);
    public static readonly ValueOutcome GivenUp = new(ValueAction.Null, Warning: true, IsGivenUp: true);

    public static ValueOutcome Replaced(string text) => new(ValueAction.Replace, text);
}

/// <summary>What happens to a value; the zero drops it.</summary>
internal enum ValueAction
{
    /// <summary>Property or element goes.</summary>
    Remove = 0,

    /// <summary>It becomes null.</summary>
    Null,

    /// <summary>It becomes a string.</summary>
    Replace,

    /// <summary>It stays, byte for byte.</summary>
    Keep,
}
