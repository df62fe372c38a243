using NUnit.Framework;
using Psoxy.Emulator;

namespace Psoxy.Testing;

/// <summary>Proves absence: first that the canaries are in what went in, then that they are nowhere in what came out.</summary>
public static class Leaks
{
    public static void AssertNone(string source, params string[] outputs)
    {
        Assert.That(Canaries.FindIn(source), Is.Not.Null, "the probe must be in the source, or its absence proves nothing");
        foreach (var output in outputs) Assert.That(Canaries.FindIn(output), Is.Null, "a canary leaked");
    }
}
