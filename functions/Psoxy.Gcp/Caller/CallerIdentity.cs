using Microsoft.AspNetCore.Http;
using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Caller;

/// <summary>Who calls, for deployments with <c>ALLOWED_CALLERS</c>: verified here, whatever the platform has verified before.</summary>
internal sealed class CallerIdentity(ProxyOptions options, GoogleSignatures signatures, TimeProvider time)
{
    /// <summary>The verdict, and the number of the list's entry that an accepted caller is, else 0. What costs nothing comes first; the signature is verified before anybody is told who is on the list.</summary>
    public async Task<(CallerVerdict Verdict, int Entry)> DecideAsync(IHeaderDictionary headers, CancellationToken cancellationToken)
    {
        if (options.AllowedCallers.Count == 0) return (CallerVerdict.NotAsked, 0);
        var (text, found) = CallerToken.Find(headers);
        if (text is null) return (found, 0);
        var (token, read) = IdToken.Read(text);
        if (token is null) return (read, 0);
        if (Claims(token) is not CallerVerdict.Undecided and var refused) return (refused, 0);
        var verdict = await signatures.VerifyAsync(text, cancellationToken);
        if (verdict != CallerVerdict.Accepted) return (verdict, 0);
        var entry = EntryOf(token);
        return (entry > 0 ? verdict : CallerVerdict.NotListed, entry);
    }

    private CallerVerdict Claims(IdToken token)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var tolerance = (long)GoogleSignatures.ClockTolerance.TotalSeconds;
        if (token.Issuer != GoogleSignatures.Issuer) return CallerVerdict.OtherIssuer;
        if (!token.Audiences.All(options.CallerAudiences.Contains)) return CallerVerdict.OtherAudience;
        if (token.IssuedAt > now + tolerance || token.NotBefore > now + tolerance) return CallerVerdict.NotYetValid;
        return token.ExpiresAt < now - tolerance ? CallerVerdict.Expired : CallerVerdict.Undecided;
    }

    // To the letter: Google writes addresses in lower case, and so must the list. An address is never taken for an id, nor an id for an address.
    private int EntryOf(IdToken token) =>
        token.Subject.All(char.IsAsciiDigit) && options.AllowedCallers.TryGetValue(token.Subject, out var entry) ? entry
        : token.VerifiedEmail is { } email && email.Contains('@', StringComparison.Ordinal) ? options.AllowedCallers.GetValueOrDefault(email) : 0;
}
