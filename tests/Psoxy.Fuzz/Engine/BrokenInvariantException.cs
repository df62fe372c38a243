namespace Psoxy.Fuzz.Engine;

/// <summary>Something that must hold for every input did not for this one.</summary>
/// <param name="invariant">The same text for every input that breaks it, so that findings can be told apart.</param>
/// <param name="detail">What happened with this input.</param>
internal sealed class BrokenInvariantException(string invariant, string detail) : Exception(invariant + ": " + detail)
{
    /// <summary>Tells findings apart.</summary>
    public string Invariant { get; } = invariant;
}
