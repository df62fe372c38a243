using Psoxy.Emulator.Hosting;

namespace Psoxy.Emulator.Google.Run;

/// <summary>One revision's process, with a metadata server of its own, which knows by whom it is asked.</summary>
internal sealed class Revision(string name, LoopbackServer metadata, FunctionProcess process) : IAsyncDisposable
{
    public string Name => name;

    public FunctionProcess Process => process;

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await metadata.DisposeAsync();
    }
}
