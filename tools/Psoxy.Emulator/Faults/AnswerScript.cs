using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Psoxy.Emulator.Faults;

/// <summary>Answers that a dependency gives in place of its own, one for each request that comes, in their order; then its own again.</summary>
public sealed class AnswerScript
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentQueue<ScriptedAnswer> _answers = new();

    /// <summary>Answers still to be given.</summary>
    public int Left => _answers.Count;

    /// <summary>Adds to the script.</summary>
    /// <param name="answers">In their order.</param>
    public void Add(params IEnumerable<ScriptedAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        foreach (var answer in answers) _answers.Enqueue(answer);
    }

    /// <summary>Forgets what has not been given.</summary>
    public void Clear() => _answers.Clear();

    internal async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!_answers.TryDequeue(out var answer))
        {
            await next(context);
            return;
        }

        // Straight to the connection, below all that Kestrel would see to; it writes nothing of its own when the request is aborted.
        var transport = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        try
        {
            await answer.WriteAsync(transport.Output, context.RequestAborted);

            // Whoever reads closes the connection, for that it is told to; a reset would overtake what is still on its way.
            await Task.Delay(answer.Breaks ? Late : Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or ConnectionAbortedException)
        {
            // The reader did not want all of it.
        }

        context.Abort();
    }
}
