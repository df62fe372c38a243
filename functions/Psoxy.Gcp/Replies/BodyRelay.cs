using System.Buffers;
using System.IO.Pipelines;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize;
using Psoxy.Gcp.Graph;
using Psoxy.Gcp.Options;

namespace Psoxy.Gcp.Replies;

/// <summary>
/// Streams a body through the sanitizer. Output is held back up to a limit, so that a fault within it is a clean error and a small answer has a length;
/// beyond it the answer is streamed, and a fault aborts the connection.
/// </summary>
internal sealed class BodyRelay(ProxyOptions options, Exchange exchange, bool wantsNoBody, Action start) : IDisposable
{
    private static readonly ProxyFault TooSlow = new(ProxyError.CallerGone, "The caller does not read its answer.");
    private readonly HeldOutput _held = new();
    private bool _started;

    public async Task<ProxyFault?> RunAsync(GraphResponse source, SanitizerPlan plan, Pseudonymizer pseudonymizer)
    {
        using var sealer = exchange.Originals.IsEmpty ? null : new OriginalSealer(exchange.Originals, _held);
        using var sanitizer = new JsonSanitizer(plan, pseudonymizer, sealer ?? (IBufferWriter<byte>)_held, new SanitizerLimits { MaxInputBytes = options.MaxResponseBytes }, source.IsNdjson);
        exchange.Report = sanitizer.Report;
        var reader = PipeReader.Create(await source.OpenAsync(exchange.Cancellation), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        try
        {
            var status = SanitizeStatus.NeedMore;
            while (status == SanitizeStatus.NeedMore)
            {
                ReadResult read;
                try
                {
                    exchange.Allow(options.SourceIdle);
                    read = await reader.ReadAsync(exchange.Cancellation);
                    exchange.AllowAll();
                }
                catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidDataException)
                {
                    return Fail(new(ProxyError.ApiError, "The source's answer broke off."));
                }
                catch (OperationCanceledException) when (exchange.IsOutOfTime)
                {
                    return Fail(new(ProxyError.SourceApiReadTimeout, "The source took too long to send its answer."));
                }

                status = sanitizer.Write(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted && status == SanitizeStatus.NeedMore) status = sanitizer.Complete();
                if (status is SanitizeStatus.NeedMore or SanitizeStatus.Complete) sealer?.Flush(final: status == SanitizeStatus.Complete);
                if (status is SanitizeStatus.NeedMore && (_started || _held.Length > options.ResponseBufferBytes) && !await TryFlushAsync()) return Fail(TooSlow);
            }

            return status == SanitizeStatus.Complete ? await EndAsync() : Fail(Fault(status));
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    public void Dispose() => _held.Dispose();

    // False where the caller has not read it within the request's time; Kestrel's own least rate mostly ends such a caller before.
    private async Task<bool> TryFlushAsync()
    {
        var response = exchange.Context.Response;
        if (!_started) start();
        _started = true;
        if (!wantsNoBody)
        {
            response.BodyWriter.Write(_held.Written);
            try
            {
                await response.BodyWriter.FlushAsync(exchange.Cancellation);
            }
            catch (OperationCanceledException) when (exchange.IsOutOfTime)
            {
                return false;
            }
        }

        _held.Clear();
        return true;
    }

    private async Task<ProxyFault?> EndAsync()
    {
        if (!_started && !wantsNoBody)
        {
            start();
            _started = true;
            exchange.Context.Response.ContentLength = _held.Length;
        }

        return await TryFlushAsync() ? null : Fail(TooSlow);
    }

    private ProxyFault? Fail(ProxyFault fault)
    {
        if (!_started) return fault;
        exchange.Error = exchange.IsCallerGone ? ProxyError.CallerGone : fault.Error;
        exchange.Context.Abort();
        return null;
    }

    private static ProxyFault Fault(SanitizeStatus status) => new(ProxyError.ApiError, status switch
    {
        SanitizeStatus.TooLarge => "The source's answer is larger than MAX_RESPONSE_BYTES; ask for less with $top or $select.",
        SanitizeStatus.TooDeep => "The source's answer is nested deeper than the proxy reads.",
        SanitizeStatus.Timeout => "A filter of the rules took too long to decide.",
        _ => "The source's answer is not whole, valid JSON; nothing of it passes.",
    });
}
