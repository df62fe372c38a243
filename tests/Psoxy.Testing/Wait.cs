using NUnit.Framework;

namespace Psoxy.Testing;

/// <summary>Waits for what must come to be; how long it takes is nobody's concern, that it comes is.</summary>
public static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task UntilAsync(Func<bool> isSo, Func<string> otherwise)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            if (patience.IsCancellationRequested) Assert.Fail(otherwise());
            await Task.Delay(20);
        }
    }
}
