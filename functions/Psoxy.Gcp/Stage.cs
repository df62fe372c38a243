using System.Diagnostics;

namespace Psoxy.Gcp;

/// <summary>What time is measured of.</summary>
internal enum Stage
{
    /// <summary>Salt and key.</summary>
    Secrets,

    /// <summary>Google's identity token and Entra's token.</summary>
    Identity,

    /// <summary>Until Graph's headers.</summary>
    Graph,

    /// <summary>Until the last byte.</summary>
    Relay,
}

/// <summary>A stage that goes on.</summary>
internal readonly struct StageClock(Exchange exchange, Stage stage, long start, Activity? span)
{
    /// <summary>The work's result; the stage ends with it.</summary>
    public async Task<T> Of<T>(Task<T> work)
    {
        var clock = this;
        try
        {
            return await work;
        }
        finally
        {
            clock.End();
        }
    }

    private void End()
    {
        exchange.End(stage, start);
        span?.Dispose();
    }
}
