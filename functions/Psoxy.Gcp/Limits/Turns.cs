using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Limits;

/// <summary>
/// How many requests are in work at once: each may hold back a part of its answer, so their number, and not the callers', is what the instance needs memory for.
/// A request first waits for its mailbox, where it has one, and then for a place; who waits holds nothing but its connection, and who cannot is told to come back.
/// </summary>
internal sealed class Turns : IDisposable
{
    // A health check never waits behind the work whose health is asked for; being fewer, it is no way around the limit either.
    private const int HealthChecks = 2;
    private const int WaitingHealthChecks = 8;

    /// <summary>The longest wait for a turn. Who would wait longer does better to ask again: the time of who waits is paid for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly MailboxTurns _mailboxes = new();
    private readonly ConcurrencyLimiter _requests;
    private readonly ConcurrencyLimiter _healthChecks = Limiter(HealthChecks, WaitingHealthChecks);
    private readonly Dictionary<string, int> _mailboxSegments;

    public Turns(ProxyOptions options, Engine engine)
    {
        _requests = Limiter(options.MaxConcurrentRequests, 2 * options.MaxConcurrentRequests);
        _mailboxSegments = engine.Connector.Endpoints
            .Where(endpoint => endpoint.Mailbox is not null)
            .ToDictionary(endpoint => endpoint.Path, endpoint => Array.IndexOf(endpoint.Path.Split('/'), $"{{{endpoint.Mailbox}}}") - 1, StringComparer.Ordinal);
    }

    /// <summary>A turn for a request that the gate allows.</summary>
    public Task<Attempt<Turn>> TakeAsync(Exchange exchange) => WaitAsync(exchange, async () =>
    {
        IDisposable? atMailbox = null;
        if (MailboxOf(exchange.Decision) is { } mailbox && (atMailbox = await _mailboxes.TakeAsync(mailbox, exchange.Cancellation)) is null)
            return Busy("As many requests read this mailbox, or wait for it, as may.");
        try
        {
            var place = await _requests.AcquireAsync(1, exchange.Cancellation);
            if (!place.IsAcquired) return Busy("The proxy has as many requests in work, and waiting, as it takes.");
            var turn = new Turn(place, atMailbox);
            atMailbox = null;
            return turn;
        }
        finally
        {
            atMailbox?.Dispose();
        }
    });

    /// <summary>A turn for a health check.</summary>
    public Task<Attempt<Turn>> TakeForHealthCheckAsync(Exchange exchange) => WaitAsync(exchange, async () =>
    {
        var place = await _healthChecks.AcquireAsync(1, exchange.Cancellation);
        return place.IsAcquired ? new Turn(place) : Busy("The proxy answers as many health checks as it does at once.");
    });

    public void Dispose()
    {
        _requests.Dispose();
        _healthChecks.Dispose();
    }

    /// <summary>The mailbox as the request names it: its id, its principal name or a token for either. Kept in memory while the request is, and never logged.</summary>
    private string? MailboxOf(Decision decision) =>
        decision is { Endpoint: { Path: PathTemplate } endpoint, Request: { } request } && _mailboxSegments.TryGetValue(endpoint.Name, out var segment) ? request.Segments[segment] : null;

    private static async Task<Attempt<Turn>> WaitAsync(Exchange exchange, Func<Task<Attempt<Turn>>> take)
    {
        exchange.Allow(Patience);
        try
        {
            var turn = await take();
            exchange.AllowAll();
            return turn;
        }
        catch (OperationCanceledException) when (exchange.IsOutOfTime)
        {
            return Busy("The proxy has had no place for the request for too long.");
        }
    }

    // At different times, so that they do not all come back together.
    private static ProxyFault Busy(string message) => new(ProxyError.Busy, message, RandomNumberGenerator.GetInt32(2, 8));

    private static ConcurrencyLimiter Limiter(int atOnce, int waiting) => new(new() { PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
}
