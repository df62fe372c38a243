using System.Diagnostics.CodeAnalysis;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp;

/// <summary>A value, or why there is none. <c>default</c> is a failure.</summary>
internal readonly struct Attempt<T>
    where T : class
{
    private static readonly ProxyFault Nothing = new(ProxyError.Unknown, "Nothing was decided.");
    private readonly T? _value;
    private readonly ProxyFault? _fault;

    private Attempt(T? value, ProxyFault? fault) => (_value, _fault) = (value, fault);

    public static implicit operator Attempt<T>(T value) => new(value, null);

    public static implicit operator Attempt<T>(ProxyFault fault) => new(null, fault);

    /// <summary>The same for an interface, from which nothing converts by itself.</summary>
    public static Attempt<T> Of(T value) => new(value, null);

    /// <summary>The fault if it failed; else <c>null</c>, and the value.</summary>
    public ProxyFault? Or(out T value)
    {
        value = _value!;
        return _value is not null ? null : _fault ?? Nothing;
    }

    /// <summary>Whether there is a value.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value) => (value = _value) is not null;
}
