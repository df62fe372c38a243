using Grpc.Core;

namespace Google.Api.Gax.Grpc;

/// <summary>One method of a service, as generated clients call it: within its limit, and again where its settings say so.</summary>
internal sealed class RetriedCall<TRequest, TResponse>(Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> method, CallSettings? settings, TimeProvider time)
{
    /// <summary>Makes the call. A failure that is not tried again is thrown as it came, an <see cref="RpcException"/>.</summary>
    /// <param name="request">The message.</param>
    /// <param name="overrides">Settings of this call; they win over those of the method.</param>
    public async Task<TResponse> InvokeAsync(TRequest request, CallSettings? overrides)
    {
        var effective = settings.MergedWith(overrides) ?? CallSettings.FromCancellationToken(default);
        var deadline = effective.Expiration?.At(Now());
        var backoff = effective.Retry?.InitialBackoff ?? TimeSpan.Zero;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var call = method(request, effective.ToCallOptions(deadline));
                return await call.ResponseAsync;
            }
            catch (Exception failure) when (effective.Retry is { } retry && attempt < retry.MaxAttempts && retry.RetryFilter(failure))
            {
                var delay = retry.BackoffJitter.GetDelay(backoff);
                // Whoever would still be waiting at the deadline is told the real failure now.
                if (Now() + delay >= deadline) throw;
                await Task.Delay(delay, time, effective.CancellationToken ?? default);
                backoff = retry.NextBackoff(backoff);
            }
        }
    }

    private DateTime Now() => time.GetUtcNow().UtcDateTime;
}
