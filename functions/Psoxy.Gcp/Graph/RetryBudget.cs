namespace Psoxy.Gcp.Graph;

/// <summary>
/// Stops an instance from repeating what it sends while most of it fails, since that prolongs an outage: gRPC's retry throttling (proposal A6) with its usual figures.
/// A failure takes one of ten tokens, any other answer gives a tenth back; there are repeats while more than half are there.
/// </summary>
internal sealed class RetryBudget
{
    private const int Most = 100;
    private const int Failure = 10;
    private const int Success = 1;
    private readonly Lock _lock = new();
    private int _tenths = Most;

    public bool Allows
    {
        get { lock (_lock) return _tenths > Most / 2; }
    }

    public void Failed()
    {
        lock (_lock) _tenths = Math.Max(0, _tenths - Failure);
    }

    public void Succeeded()
    {
        lock (_lock) _tenths = Math.Min(Most, _tenths + Success);
    }
}
