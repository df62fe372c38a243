using System.Threading.RateLimiting;

namespace Psoxy.Gcp.Limits;

/// <summary>
/// Turns at mailboxes: Exchange lets an application read each mailbox four times at once, answers 429 to a fifth request, and counts it all the same. So it waits
/// here, in the order of arrival. A mailbox is known while somebody reads it or waits for it, and forgotten then: a tenant's size costs nothing.
/// </summary>
internal sealed class MailboxTurns
{
    /// <summary>Exchange's limit per application and mailbox.</summary>
    public const int AtOnce = 4;

    /// <summary>How many may wait for one mailbox: more would have to wait longer than a caller likes.</summary>
    public const int Waiting = 16;

    // Ids and principal names are the same in any case.
    private readonly Dictionary<string, Line> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();

    /// <summary>Mailboxes that are read or waited for now.</summary>
    public int Count
    {
        get { lock (_lock) return _lines.Count; }
    }

    /// <summary>A turn, given back by disposing of it; <c>null</c> where too many wait already.</summary>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    public async Task<IDisposable?> TakeAsync(string mailbox, CancellationToken cancellationToken)
    {
        var line = Join(mailbox);
        RateLimitLease? lease = null;
        try
        {
            lease = await line.Limiter.AcquireAsync(1, cancellationToken);
            return lease.IsAcquired ? new MailboxTurn(this, mailbox, lease) : null;
        }
        finally
        {
            if (lease is not { IsAcquired: true }) Leave(mailbox);
        }
    }

    private Line Join(string mailbox)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue(mailbox, out var line)) _lines.Add(mailbox, line = new());
            line.People++;
            return line;
        }
    }

    private void Leave(string mailbox)
    {
        lock (_lock)
        {
            var line = _lines[mailbox];
            if (--line.People > 0) return;
            _lines.Remove(mailbox);
            line.Limiter.Dispose();
        }
    }

    private sealed class Line
    {
        public ConcurrencyLimiter Limiter { get; } = new(new() { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

        /// <summary>Who reads or waits.</summary>
        public int People { get; set; }
    }

    private sealed class MailboxTurn(MailboxTurns turns, string mailbox, RateLimitLease lease) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (_isOver) return;
            _isOver = true;
            lease.Dispose();
            turns.Leave(mailbox);
        }
    }
}
