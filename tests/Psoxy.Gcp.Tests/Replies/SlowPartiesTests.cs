using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using Psoxy.Core.Pseudonyms;
using Psoxy.Gcp.Graph;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Tests.Replies;

/// <summary>A source that stops in the middle of its answer, and a caller who does not read his.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SlowPartiesTests : IDisposable
{
    private const int Unread = 64 * 1024;
    private readonly FakeTimeProvider _time = new();
    private readonly Pseudonymizer _pseudonymizer = new(PseudonymKey.Create("salt"u8, "key"u8), new PseudonymOptions());
    private readonly Pipe _toCaller = new(new PipeOptions(pauseWriterThreshold: Unread, resumeWriterThreshold: Unread / 2));
    private readonly Lifetime _lifetime = new();
    private readonly DefaultHttpContext _context = new();

    public SlowPartiesTests()
    {
        _context.Features.Set<IHttpResponseBodyFeature>(new PipeBody(_toCaller.Writer));
        _context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
    }

    public void Dispose()
    {
        _pseudonymizer.Dispose();
        _lifetime.Dispose();
    }

    [Test]
    public async Task A_source_that_stops_within_the_held_back_part_is_a_timeout()
    {
        using var source = new Users(2);
        using var exchange = Exchange(new ProxyOptions());
        var relay = RelayAsync(new ProxyOptions(), exchange, source);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(relay.IsCompleted, Is.False);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await relay)!.Error, Is.EqualTo(ProxyError.SourceApiReadTimeout));
        Assert.That(_lifetime.IsAborted, Is.False, "the caller is told");
    }

    [Test]
    public async Task A_source_that_stops_after_it_ends_the_connection()
    {
        var options = new ProxyOptions { ResponseBufferBytes = 0 };
        using var source = new Users(2000);
        using var exchange = Exchange(options);
        var relay = RelayAsync(options, exchange, source);
        await DrainAsync(relay, source);

        _time.Advance(options.SourceIdle);

        Assert.That(await relay, Is.Null, "there is nobody to be told any more");
        Assert.That((exchange.Error, _lifetime.IsAborted), Is.EqualTo((ProxyError.SourceApiReadTimeout, true)));
    }

    [Test]
    public async Task A_caller_who_does_not_read_stops_us_reading_and_is_ended_when_the_time_is_up()
    {
        var options = new ProxyOptions { ResponseBufferBytes = 0 };
        using var source = new Users(1_000_000);
        using var exchange = Exchange(options);

        var relay = RelayAsync(options, exchange, source);

        Assert.That(relay.IsCompleted, Is.False, "it waits for the caller");
        Assert.That(source.Position, Is.LessThan(10 * Unread), "and reads no further");
        _time.Advance(options.SourceIdle);
        Assert.That(relay.IsCompleted, Is.False, "the source is not to blame");
        _time.Advance(options.Budget);
        Assert.That(await relay, Is.Null);
        Assert.That((exchange.Error, _lifetime.IsAborted), Is.EqualTo((ProxyError.CallerGone, true)));
    }

    private Exchange Exchange(ProxyOptions options) => Exchanges.Of(Exchanges.Engine(options), _time, context: _context);

    private async Task<ProxyFault?> RelayAsync(ProxyOptions options, Exchange exchange, Stream source)
    {
        var message = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(source) };
        message.Content.Headers.ContentType = new("application/json");
        using var response = await GraphResponse.ReadAsync(message, default);
        using var relay = new BodyRelay(options, exchange, wantsNoBody: false, () => { });
        return await relay.RunAsync(response, response.Kind!, Exchanges.Engine(options).PlanFor(exchange.Decision.Endpoint!), _pseudonymizer);
    }

    // Reads as a caller does, until the source has stopped.
    private async Task DrainAsync(Task relay, Users source)
    {
        while (!source.HasStopped && !relay.IsCompleted && await _toCaller.Reader.ReadAsync() is var read) _toCaller.Reader.AdvanceTo(read.Buffer.End);
    }

    /// <summary>A page of so many users, which then does not go on.</summary>
    private sealed class Users(int count) : Stream
    {
        private static readonly byte[] User = [.. """{"id":"00000001-5fad-4d73-a9f5-000000000007","mail":"ann@contoso.example"},"""u8];
        private bool _hasBegun;
        private int _left = count;
        private long _sent;

        public bool HasStopped { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _sent; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var length = 0;
            if (!_hasBegun)
            {
                "{\"value\":["u8.CopyTo(buffer.Span);
                length = 10;
                _hasBegun = true;
            }

            for (; _left > 0 && buffer.Length - length >= User.Length; _left--, length += User.Length) User.CopyTo(buffer[length..]);
            _sent += length;
            if (length > 0) return length;
            HasStopped = true;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }

    private sealed class PipeBody(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => writer.AsStream();

        public PipeWriter Writer => writer;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    private sealed class Lifetime : IHttpRequestLifetimeFeature, IDisposable
    {
        // Another than the caller's own going away, as with Kestrel's before it has noticed.
        private readonly CancellationTokenSource _aborted = new();

        public bool IsAborted { get; private set; }

        public CancellationToken RequestAborted { get => _aborted.Token; set => throw new NotSupportedException(); }

        public void Abort() => IsAborted = true;

        public void Dispose() => _aborted.Dispose();
    }
}
