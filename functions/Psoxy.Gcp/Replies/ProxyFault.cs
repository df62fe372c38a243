using Psoxy.Gcp.Identity;

namespace Psoxy.Gcp.Replies;

/// <summary>Why a request failed, fit to be shown.</summary>
/// <param name="Error">Which kind.</param>
/// <param name="Message">A sentence of our own; never a source's text.</param>
/// <param name="RetryAfterSeconds">When to try again, where that helps.</param>
internal sealed record ProxyFault(ProxyError Error, string Message, int? RetryAfterSeconds = null)
{
    /// <summary>What Entra said, where it was Entra; for the health check.</summary>
    public EntraRefusal? Entra { get; init; }

    /// <summary>The request itself is at fault.</summary>
    public static ProxyFault Invalid(string message) => new(ProxyError.InvalidRequest, message);
}
