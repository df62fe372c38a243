using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Caller;

/// <summary>What the caller asks for, however it was spelled: as the request's own target, by override headers, or in an envelope.</summary>
internal sealed record ProxyRequest
{
    public required string Method { get; init; }

    /// <summary>Raw: the gate decodes it, once.</summary>
    public string RawPath { get; init; } = "";

    /// <summary>Raw, without the question mark.</summary>
    public string RawQuery { get; init; } = "";

    /// <summary>The caller's headers, or the envelope's.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether it came in a POST body, where every header was meant.</summary>
    public bool IsEnvelope { get; init; }

    public HealthDepth Health { get; init; }

    /// <summary>For tests of access: all happens, the body is left out.</summary>
    public bool WantsNoBody { get; init; }

    public bool HeadersHoldToken => Headers.Values.Any(value => value.Contains(TokenPattern.ReversiblePrefix, StringComparison.Ordinal));

    /// <summary>Refuses an envelope's header that would not reach Graph. A client sends headers that nobody asked it for; an envelope has none such.</summary>
    public ProxyFault? RefuseHeaders(Endpoint endpoint) =>
        IsEnvelope && Headers.Keys.Any(name => !endpoint.RequestHeaders.Contains(name, StringComparer.OrdinalIgnoreCase))
            ? new ProxyFault(ProxyError.InvalidRequest, "'headers' has one that the rules do not let through to this endpoint.")
            : null;

    /// <summary>The headers that the endpoint lets through, tokens reversed; false if one cannot be.</summary>
    public bool TryReverseHeaders(Endpoint endpoint, Pseudonymizer pseudonymizer, [NotNullWhen(true)] out ImmutableArray<KeyValuePair<string, string>>? headers)
    {
        var passed = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        headers = null;
        foreach (var name in endpoint.RequestHeaders)
        {
            if (!Headers.TryGetValue(name, out var value)) continue;
            if (!ReverseTokens.TryReverseHeader(value, pseudonymizer, out var reversed)) return false;
            passed.Add(new(name, reversed));
        }

        headers = passed.ToImmutable();
        return true;
    }
}
