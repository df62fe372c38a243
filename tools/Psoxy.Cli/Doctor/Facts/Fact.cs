using System.Diagnostics.CodeAnalysis;

namespace Psoxy.Cli.Doctor.Facts;

/// <summary>Something that was asked for, or why it is not known.</summary>
/// <param name="Standing">Whether it is known.</param>
/// <param name="Value">It, where it is known.</param>
/// <param name="Why">Why not, where it is not; fit to be shown.</param>
internal sealed record Fact<T>(Standing Standing, T? Value, string Why)
    where T : class
{
    /// <summary>The value; or else a verdict on whatever depends on it.</summary>
    public bool Has([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Verdict? otherwise)
    {
        value = Value;
        otherwise = Standing == Standing.Known ? null : Verdict.NotAsked("not asked, because " + Why);
        return value is not null && Standing == Standing.Known;
    }

    /// <summary>Something made of it, or the same reason.</summary>
    public Fact<TOther> Then<TOther>(Func<T, TOther> make)
        where TOther : class => Standing == Standing.Known ? Fact.Known(make(Value!)) : new(Standing, null, Why);
}

/// <summary>Makes facts.</summary>
internal static class Fact
{
    public static Fact<T> Known<T>(T value)
        where T : class => new(Standing.Known, value, "");

    public static Fact<T> Unasked<T>(string because)
        where T : class => new(Standing.Unasked, null, because);
}

/// <summary>Whether something is known.</summary>
internal enum Standing
{
    /// <summary>Nobody was asked.</summary>
    Unasked = 0,

    /// <summary>It is known.</summary>
    Known,

    /// <summary>There is no such thing.</summary>
    Missing,

    /// <summary>Whoever asks may not know.</summary>
    Refused,

    /// <summary>The API that knows is not enabled.</summary>
    Disabled,

    /// <summary>Asking failed.</summary>
    Failed,
}
