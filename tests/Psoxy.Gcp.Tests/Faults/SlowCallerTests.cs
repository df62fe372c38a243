using System.Net.Sockets;
using System.Text;
using Psoxy.Testing;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>Callers that send their request, or take their answer, as slowly as they can: they are hung up on, and others are served meanwhile.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class SlowCallerTests
{
    private const int Callers = 200;
    private FunctionFixture _fixture = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _fixture = await FunctionFixture.StartAsync(null, ("RESPONSE_BUFFER_BYTES", "1000"), ("REQUEST_TIMEOUT_SECONDS", "20"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _fixture.DisposeAsync();

    [TestCase("GET /v1.0/users?$top=1 HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", TestName = "Headers byte by byte")]
    [TestCase("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 16000\r\n\r\n", TestName = "A body byte by byte")]
    public async Task Byte_by_byte(string beginning)
    {
        var handles = ProcessSample.Of(_fixture.Function.Id).Handles;
        var slow = Enumerable.Range(0, Callers).Select(_ => SendSlowlyAsync(beginning)).ToList();

        var served = 0;
        for (; served < 20; served++) Assert.That((await _fixture.SendAsync(FaultChecks.Users)).Status, Is.EqualTo(200), "an ordinary caller is served meanwhile");

        var answers = await Task.WhenAll(slow);
        Assert.That(answers, Has.All.Empty.Or.All.StartsWith("HTTP/1.1 4"), "hung up on");
        await FaultChecks.AssertRecoversAsync(_fixture);
        await Wait.UntilAsync(() => ProcessSample.Of(_fixture.Function.Id).Handles <= handles + 10, () => $"{ProcessSample.Of(_fixture.Function.Id).Handles} handles, {handles} before");
        Assert.That(string.Join('\n', _fixture.Function.Output), Does.Not.Contain(" bug: "));
    }

    // Kestrel's own limit counts what it has handed to the system, so the end is that of the time for one request.
    [Test]
    public async Task An_answer_that_nobody_takes_is_not_fetched_on()
    {
        _fixture.Emulator.StreamedPage = new(1_000_000, TimeSpan.Zero);
        var graph = _fixture.Emulator.Faults.Graph;
        var abandoned = graph.Abandoned;
        using var socket = new TcpClient { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(_fixture.Function.Address.Host, _fixture.Function.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /v1.0/users/{_fixture.UserId(0)}/mailFolders/SentItems/messages HTTP/1.1\r\nHost: localhost\r\n\r\n"));

        await Wait.UntilAsync(() => graph.Abandoned > abandoned, () => "Graph is still read for a caller that takes nothing");

        _fixture.Emulator.StreamedPage = null;
        await FaultChecks.AssertRecoversAsync(_fixture);
        Assert.That(string.Join('\n', _fixture.Function.Output), Does.Not.Contain(" bug: "));
        Assert.That(ProcessSample.Of(_fixture.Function.Id).PeakRssBytes, Is.LessThan(400L << 20), "nor kept");
    }

    // Goes on until it is hung up on; returns what it was told.
    private async Task<string> SendSlowlyAsync(string beginning)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_fixture.Function.Address.Host, _fixture.Function.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning));
        var answer = ReadAllAsync(stream);
        try
        {
            while (!answer.IsCompleted)
            {
                await stream.WriteAsync("a"u8.ToArray());
                await Task.WhenAny(answer, Task.Delay(100));
            }
        }
        catch (IOException)
        {
            // Hung up on while it wrote.
        }

        return await answer;
    }

    private static async Task<string> ReadAllAsync(NetworkStream stream)
    {
        using var all = new MemoryStream();
        try
        {
            await stream.CopyToAsync(all);
        }
        catch (IOException)
        {
            // A reset ends it as well as a close.
        }

        return Encoding.ASCII.GetString(all.GetBuffer(), 0, (int)all.Length);
    }
}
