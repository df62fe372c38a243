namespace Psoxy.Gcp.Limits;

/// <summary>Leave to be in work, until it is disposed of.</summary>
internal sealed class Turn(IDisposable inWork, IDisposable? atMailbox = null) : IDisposable
{
    public void Dispose()
    {
        inWork.Dispose();
        atMailbox?.Dispose();
    }
}
