namespace Psoxy.Emulator.Google.Faults;

/// <summary>What goes wrong in the control plane. One call meets one fault at most; of two that wait for it, the one that was set first.</summary>
public sealed class CloudFaults
{
    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];

    /// <summary>From now on.</summary>
    /// <param name="fault">What goes wrong, and at which call.</param>
    public void Set(CloudFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_lock) _waiting.Add(new(fault));
    }

    /// <summary>All is well again.</summary>
    public void Clear()
    {
        lock (_lock) _waiting.Clear();
    }

    /// <summary>The fault of the call that comes in now.</summary>
    internal CloudFaultKind Take(CloudApi api, string method, string target) =>
        Take(fault => fault.Kind != CloudFaultKind.BuildFailure && fault.Api == api && (fault.Method.Length == 0 || fault.Method == method) && target.Contains(fault.Target, StringComparison.Ordinal))?.Kind
        ?? CloudFaultKind.None;

    /// <summary>What the build of this function fails with; <c>null</c> if nothing stands in its way.</summary>
    internal string? TakeBuildFailure(string function) => Take(fault => fault.Kind == CloudFaultKind.BuildFailure && function.Contains(fault.Target, StringComparison.Ordinal))?.Text;

    private CloudFault? Take(Predicate<CloudFault> meets)
    {
        lock (_lock)
        {
            CloudFault? taken = null;
            foreach (var waiting in _waiting.Where(waiting => meets(waiting.Fault)))
            {
                waiting.Seen++;
                if (waiting.Seen >= waiting.Fault.Nth && waiting.Seen - waiting.Fault.Nth < waiting.Fault.Times) taken ??= waiting.Fault;
            }

            return taken;
        }
    }

    private sealed class Waiting(CloudFault fault)
    {
        public CloudFault Fault => fault;

        public int Seen { get; set; }
    }
}
