using Grpc.Core;

namespace Google.Api.Gax.Grpc;

/// <summary>How a call is made. What is null here is taken from the client's own settings.</summary>
public sealed class CallSettings
{
    /// <summary>Settings of which any may be null.</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <param name="expiration">The limit of the call, retries included.</param>
    /// <param name="retry">Which failures are tried again; null for none.</param>
    /// <param name="headerMutation">Adds request headers.</param>
    /// <param name="writeOptions">Options of every message written.</param>
    /// <param name="propagationToken">Ties the call to one that is being served.</param>
    public CallSettings(
        CancellationToken? cancellationToken,
        Expiration? expiration,
        RetrySettings? retry,
        Action<Metadata>? headerMutation,
        WriteOptions? writeOptions,
        ContextPropagationToken? propagationToken)
    {
        (CancellationToken, Expiration, Retry) = (cancellationToken, expiration, retry);
        (HeaderMutation, WriteOptions, PropagationToken) = (headerMutation, writeOptions, propagationToken);
    }

    /// <summary>Gives the call up.</summary>
    public CancellationToken? CancellationToken { get; }

    /// <summary>The limit of the call, retries included.</summary>
    public Expiration? Expiration { get; }

    /// <summary>Which failures are tried again.</summary>
    public RetrySettings? Retry { get; }

    /// <summary>Adds request headers.</summary>
    public Action<Metadata>? HeaderMutation { get; }

    /// <summary>Options of every message written.</summary>
    public WriteOptions? WriteOptions { get; }

    /// <summary>Ties the call to one that is being served.</summary>
    public ContextPropagationToken? PropagationToken { get; }

    /// <summary>Settings with this token only.</summary>
    public static CallSettings FromCancellationToken(CancellationToken cancellationToken) => new(cancellationToken, null, null, null, null, null);

    /// <summary>Settings with this limit only; null for null.</summary>
    public static CallSettings? FromExpiration(Expiration? expiration) => expiration is null ? null : new(null, expiration, null, null, null, null);

    /// <summary>Settings with these retries only; null for null.</summary>
    public static CallSettings? FromRetry(RetrySettings? retry) => retry is null ? null : new(null, null, retry, null, null, null);

    /// <summary>Settings that add this request header only.</summary>
    public static CallSettings FromHeader(string name, string value) => FromHeaderMutation(headers => headers.Add(name, value))!;

    /// <summary>Settings that change the request headers only; null for null.</summary>
    public static CallSettings? FromHeaderMutation(Action<Metadata>? headerMutation) => headerMutation is null ? null : new(null, null, null, headerMutation, null, null);

    /// <summary>The first settings with whatever the second ones set; headers of both. Null where both are.</summary>
    internal static CallSettings? Merge(CallSettings? original, CallSettings? overlay)
    {
        if (original is null) return overlay;
        if (overlay is null) return original;
        return new(
            overlay.CancellationToken ?? original.CancellationToken,
            overlay.Expiration ?? original.Expiration,
            overlay.Retry ?? original.Retry,
            original.HeaderMutation + overlay.HeaderMutation,
            overlay.WriteOptions ?? original.WriteOptions,
            overlay.PropagationToken ?? original.PropagationToken);
    }

    /// <summary>What one attempt of a call is made with.</summary>
    internal CallOptions ToCallOptions(DateTime? deadline)
    {
        var headers = new Metadata();
        HeaderMutation?.Invoke(headers);
        return new CallOptions(headers, deadline, CancellationToken ?? default, WriteOptions, PropagationToken);
    }
}
