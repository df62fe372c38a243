using System.Diagnostics.CodeAnalysis;

namespace Psoxy.Fuzz.Engine;

/// <summary>A parser under attack: how its inputs look and what must hold for every one of them.</summary>
internal abstract class FuzzTarget
{
    /// <summary>As on the command line, and the name of its folder in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Longer inputs are cut.</summary>
    public virtual int MaxLength => 4096;

    /// <summary>Words that the parser knows, which random bytes would hardly ever spell.</summary>
    public abstract IReadOnlyList<byte[]> Words { get; }

    /// <summary>An input made afresh, mostly valid.</summary>
    public abstract byte[] Generate(Random random);

    /// <summary>An input damaged.</summary>
    /// <param name="mutator">With the target's words.</param>
    /// <param name="input">Not changed.</param>
    /// <param name="other">Another known input, to take pieces from.</param>
    public virtual byte[] Mutate(Mutator mutator, byte[] input, byte[] other) => mutator.Mutate(input, other);

    /// <summary>Gives the parser one input.</summary>
    /// <returns>A short text that is the same for inputs with which the same happened; a text not seen before makes the input a parent of others.</returns>
    /// <exception cref="BrokenInvariantException">What must hold does not. Any other exception is a finding too.</exception>
    public abstract string Run(ReadOnlyMemory<byte> input);

    /// <summary>Throws unless what must hold does.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="invariant">The same text for every input that breaks it.</param>
    /// <param name="detail">What happened with this input.</param>
    protected static void Must([DoesNotReturnIf(false)] bool holds, string invariant, string detail = "")
    {
        if (!holds) throw new BrokenInvariantException(invariant, detail);
    }
}
