using System.Buffers.Text;
using System.Globalization;
using Google.Apis.Auth;
using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Caller;

/// <summary>
/// Whether a token is signed by Google and good for this function, by Google's library. The library fetches Google's keys itself, without a limit of time, one request
/// after the other while they fail; so here one at a time makes it fetch, and whatever comes in, nobody does again for a while.
/// </summary>
internal sealed class GoogleSignatures(ProxyOptions options, TimeProvider time) : IDisposable
{
    public const string Issuer = "https://accounts.google.com";

    /// <summary>How far clocks may be apart.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    /// <summary>The library keeps keys for an hour, and fetches when that is over; we renew them before.</summary>
    public static readonly TimeSpan KeysLast = TimeSpan.FromMinutes(50);

    /// <summary>A signature of a key that we do not know may be of Google's next key; or of anybody's. Keys younger than this are not renewed for it.</summary>
    public static readonly TimeSpan KeysAreNew = TimeSpan.FromMinutes(5);

    /// <summary>After a failure, so long nobody tries again.</summary>
    public static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(5);

    // Well formed, never expires, and nobody has signed it: the library refuses it for its signature as soon as it has the keys.
    private static readonly string Unsigned = $"{Base64Url.EncodeToString("{\"alg\":\"RS256\"}"u8)}.{Base64Url.EncodeToString("{\"iat\":0,\"exp\":9999999999}"u8)}.{Base64Url.EncodeToString(new byte[256])}";

    // The library keeps keys by the text of their address. A fragment is never sent, so another one is a renewal; after so many, the first one's keys are more than an hour old.
    private const int Fragments = 16;

    private readonly SemaphoreSlim _one = new(1, 1);
    private Keys? _keys;
    private long? _failed;

    public async Task<CallerVerdict> VerifyAsync(string jwt, CancellationToken cancellationToken)
    {
        if (!await HasKeysAsync(KeysLast, cancellationToken)) return CallerVerdict.KeysUnreachable;
        var known = _keys;
        if (await IsGoodAsync(jwt, cancellationToken)) return CallerVerdict.Accepted;
        if (!await HasKeysAsync(KeysAreNew, cancellationToken)) return CallerVerdict.KeysUnreachable;
        return !ReferenceEquals(known, _keys) && await IsGoodAsync(jwt, cancellationToken) ? CallerVerdict.Accepted : CallerVerdict.OtherSignature;
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Whether there are keys not older than that, which may take a fetch.</summary>
    private async Task<bool> HasKeysAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        if (IsWithin(_keys?.Since, age)) return true;
        await _one.WaitAsync(cancellationToken);
        try
        {
            // Whoever waited here finds what the first one got, failure included.
            if (IsWithin(_keys?.Since, age)) return true;
            if (IsWithin(_failed, FailurePause)) return false;
            var next = ((_keys?.Fragment ?? 0) + 1) % Fragments;
            var isFetched = await FetchAsync(next);
            if (isFetched) _keys = new(next, time.GetTimestamp());
            else _failed = time.GetTimestamp();
            return isFetched;
        }
        finally
        {
            _one.Release();
        }
    }

    private string UrlOf(int fragment) => new UriBuilder(options.CallerKeysUrl) { Fragment = fragment.ToString(CultureInfo.InvariantCulture) }.Uri.AbsoluteUri;

    private bool IsWithin(long? since, TimeSpan span) => since is { } then && time.GetElapsedTime(then) < span;

    // Not ended by the caller: going away again and again would make as many fetches.
    private async Task<bool> FetchAsync(int fragment)
    {
        using var limit = new CancellationTokenSource(FetchLimit, time);
        try
        {
            await JsonWebSignature.VerifySignedTokenAsync(Unsigned, new SignedTokenVerificationOptions { CertificatesUrl = UrlOf(fragment) }, limit.Token).WaitAsync(limit.Token);
            return false;
        }
        catch (InvalidJwtException)
        {
            return true;
        }
        catch (Exception)
        {
            // Refused connections, TLS, time, and answers that are not keys end in many kinds of exceptions.
            return false;
        }
    }

    private async Task<bool> IsGoodAsync(string jwt, CancellationToken cancellationToken)
    {
        var verification = new SignedTokenVerificationOptions { CertificatesUrl = UrlOf(_keys!.Fragment), IssuedAtClockTolerance = ClockTolerance, ExpiryClockTolerance = ClockTolerance };
        verification.TrustedIssuers.Add(Issuer);
        foreach (var audience in options.CallerAudiences) verification.TrustedAudiences.Add(audience);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(FetchLimit);
        try
        {
            await JsonWebSignature.VerifySignedTokenAsync(jwt, verification, limit.Token);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the token is not verified. Texts of these exceptions may hold parts of it.
            return false;
        }
    }

    /// <summary>Which of the library's keys are in use, and since when. Swapped as one, since it is read without waiting.</summary>
    private sealed record Keys(int Fragment, long Since);
}
