using Psoxy.Emulator.Google.Access;

namespace Psoxy.Emulator.Google.Run;

/// <summary>The Cloud Run service behind a function: its address, who may call it, and the instance that answers now.</summary>
internal sealed class RunService(string name) : IAsyncDisposable
{
    /// <summary><c>projects/…/locations/…/services/…</c>.</summary>
    public string Name => name;

    public IamPolicy Policy { get; } = new();

    /// <summary>Where it is called. The same for all revisions.</summary>
    public ServiceFront? Front { get; set; }

    public Revision? Serving { get; private set; }

    public int Revisions { get; set; }

    /// <summary>Sends what comes from now on to another revision, and ends the one before.</summary>
    public async Task ServeAsync(Revision revision)
    {
        var before = Serving;
        Serving = revision;
        if (before is not null) await before.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Front is not null) await Front.DisposeAsync();
        if (Serving is not null) await Serving.DisposeAsync();
    }
}
