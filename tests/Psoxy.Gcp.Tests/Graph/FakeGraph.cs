using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Psoxy.Gcp.Tests.Graph;

/// <summary>Answers in turn, the last one for ever.</summary>
internal sealed class FakeGraph(params Func<CancellationToken, Task<HttpResponseMessage>>[] answers) : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new(answers);
    private int _calls;

    public int Calls => _calls;

    public static Func<CancellationToken, Task<HttpResponseMessage>> Answer(int status, string? retryAfter = null) => _ => Task.FromResult(Message(status, retryAfter));

    public static Func<CancellationToken, Task<HttpResponseMessage>> Throw(Exception fault) => _ => Task.FromException<HttpResponseMessage>(fault);

    public static async Task<HttpResponseMessage> Hang(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("nobody waits for ever");
    }

    public static HttpResponseMessage Message(int status, string? retryAfter = null)
    {
        var message = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(status < 400 ? "{}" : """{"error":{"code":"TooManyRequests"}}""", Encoding.UTF8, "application/json") };
        if (retryAfter is not null) message.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return message;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        if (_answers.Count > 1 && _answers.TryDequeue(out var next)) return next(cancellationToken);
        return _answers.TryPeek(out var last) ? last(cancellationToken) : throw new InvalidOperationException("no answer is left");
    }
}
