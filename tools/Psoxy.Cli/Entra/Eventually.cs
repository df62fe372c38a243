namespace Psoxy.Cli.Entra;

/// <summary>Waits until every replica of the directory knows what was just made: seconds, up to two minutes.</summary>
internal static class Eventually
{
    private static readonly int[] Seconds = [1, 2, 4, 8, 15, 30, 30, 30];

    /// <summary>Asks again while the answer is what a replica says that does not know yet.</summary>
    /// <param name="api">Waits.</param>
    /// <param name="send">The request.</param>
    /// <param name="isEarly">Whether the answer means that it is too early.</param>
    /// <param name="what">What is waited for.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<GraphAnswer> AskAsync(GraphApi api, Func<Task<GraphAnswer>> send, Func<GraphAnswer, bool> isEarly, string what, CancellationToken cancellation)
    {
        foreach (var seconds in Seconds)
        {
            var answer = await send();
            if (!isEarly(answer)) return answer;
            await api.WaitAsync(TimeSpan.FromSeconds(seconds), $"Entra does not know {what} everywhere yet", cancellation);
        }

        return await send();
    }
}
