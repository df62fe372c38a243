using Grpc.Core;

namespace Google.Api.Gax.Grpc;

/// <summary>Which failures of a call are tried again, how often, and after how long.</summary>
public sealed class RetrySettings
{
    private RetrySettings(int maxAttempts, TimeSpan initialBackoff, TimeSpan maxBackoff, double backoffMultiplier, Predicate<Exception> retryFilter, IJitter? backoffJitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(initialBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBackoff, initialBackoff);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffMultiplier, 1.0);
        ArgumentNullException.ThrowIfNull(retryFilter);
        (MaxAttempts, InitialBackoff, MaxBackoff) = (maxAttempts, initialBackoff, maxBackoff);
        (BackoffMultiplier, RetryFilter, BackoffJitter) = (backoffMultiplier, retryFilter, backoffJitter ?? RandomJitter);
    }

    /// <summary>Chooses the delay that is really waited, out of the longest one allowed.</summary>
    public interface IJitter
    {
        /// <summary>A delay between zero and the longest one.</summary>
        TimeSpan GetDelay(TimeSpan maxDelay);
    }

    /// <summary>Any delay up to the longest, evenly, so that many clients don't come back together. The default.</summary>
    public static IJitter RandomJitter { get; } = new EvenJitter();

    /// <summary>Always the longest delay.</summary>
    public static IJitter NoJitter { get; } = new FixedJitter();

    /// <summary>Calls made at most, the first one included.</summary>
    public int MaxAttempts { get; }

    /// <summary>Longest delay before the second attempt.</summary>
    public TimeSpan InitialBackoff { get; }

    /// <summary>Longest delay before any attempt.</summary>
    public TimeSpan MaxBackoff { get; }

    /// <summary>What the longest delay is multiplied with after every attempt.</summary>
    public double BackoffMultiplier { get; }

    /// <summary>True for failures that are tried again.</summary>
    public Predicate<Exception> RetryFilter { get; }

    /// <summary>Chooses each delay.</summary>
    public IJitter BackoffJitter { get; }

    /// <summary>Retries with a growing delay.</summary>
    public static RetrySettings FromExponentialBackoff(
        int maxAttempts, TimeSpan initialBackoff, TimeSpan maxBackoff, double backoffMultiplier, Predicate<Exception> retryFilter, IJitter? backoffJitter = null) =>
        new(maxAttempts, initialBackoff, maxBackoff, backoffMultiplier, retryFilter, backoffJitter);

    /// <summary>Retries with the same delay every time.</summary>
    public static RetrySettings FromConstantBackoff(int maxAttempts, TimeSpan backoff, Predicate<Exception> retryFilter, IJitter? backoffJitter = null) =>
        new(maxAttempts, backoff, backoff, 1.0, retryFilter, backoffJitter);

    /// <summary>A filter that is true for gRPC failures with one of these codes.</summary>
    public static Predicate<Exception> FilterForStatusCodes(params StatusCode[] statusCodes) => failure => failure is RpcException rpc && statusCodes.Contains(rpc.StatusCode);

    /// <summary>The longest delay after one of this length.</summary>
    internal TimeSpan NextBackoff(TimeSpan current)
    {
        var next = current * BackoffMultiplier;
        return next < MaxBackoff ? next : MaxBackoff;
    }

    private sealed class EvenJitter : IJitter
    {
        public TimeSpan GetDelay(TimeSpan maxDelay) => maxDelay * Random.Shared.NextDouble();
    }

    private sealed class FixedJitter : IJitter
    {
        public TimeSpan GetDelay(TimeSpan maxDelay) => maxDelay;
    }
}
