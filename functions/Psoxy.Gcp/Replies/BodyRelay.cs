using System.Buffers;
using System.Globalization;
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

    public const string TooLarge = "The source's answer is larger than MAX_RESPONSE_BYTES; ask for less with $top or $select.";

    public async Task<ProxyFault?> RunAsync(GraphResponse source, MediaKind kind, SanitizerPlan plan, Pseudonymizer pseudonymizer)
    {
        using var sealer = exchange.Originals.IsEmpty ? null : new OriginalSealer(exchange.Originals, _held);
        using var sanitizer = new JsonSanitizer(plan, pseudonymizer, sealer ?? (IBufferWriter<byte>)_held, new SanitizerLimits { MaxInputBytes = options.MaxResponseBytes }, kind.IsNdjson);
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
                    return Fail(new(ProxyError.ApiError, "The source's answer broke off, or is not compressed as it says."));
                }

                status = sanitizer.Write(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);

                // Nothing at all is no JSON, and nothing that could be taken for the whole of something.
                if (read.IsCompleted && status == SanitizeStatus.NeedMore) status = sanitizer.Report.BytesIn == 0 ? SanitizeStatus.Complete : sanitizer.Complete();
                if (status is SanitizeStatus.NeedMore or SanitizeStatus.Complete) sealer?.Flush(final: status == SanitizeStatus.Complete);
                if (status is SanitizeStatus.NeedMore && (_started || _held.Length > options.ResponseBufferBytes) && !await TryFlushAsync()) return Fail(TooSlow);
            }

            return status == SanitizeStatus.Complete ? await EndAsync() : Fail(Fault(status));
        }
        catch (OperationCanceledException) when (exchange.IsOutOfTime)
        {
            return Fail(new(ProxyError.SourceApiReadTimeout, "The source took too long to send its answer."));
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    public void Dispose() => _held.Dispose();

    // Where no body is wanted, nothing goes out before the end, and every fault is a clean one. False where the caller has not read it within the request's time; Kestrel's own least rate mostly ends such a caller before.
    private async Task<bool> TryFlushAsync()
    {
        if (!wantsNoBody)
        {
            if (!_started) start();
            _started = true;
            var body = exchange.Context.Response.BodyWriter;
            body.Write(_held.Written);
            try
            {
                await body.FlushAsync(exchange.Cancellation);
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
        if (!_started)
        {
            start();
            _started = true;
            var response = exchange.Context.Response;
            if (wantsNoBody) response.ContentLength = 0;
            else if (_held.Length <= options.ResponseBufferBytes) response.ContentLength = _held.Length;
            if (exchange.Report is { Warnings: > 0 and var warnings })
                response.Headers["X-Psoxy-Warning"] = string.Create(CultureInfo.InvariantCulture, $"{warnings} values could not be treated as the rules ask and were left out");
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
        SanitizeStatus.TooLarge => TooLarge,
        SanitizeStatus.TooDeep => "The source's answer is nested deeper than the proxy reads.",
        SanitizeStatus.Timeout => "A filter of the rules took too long to decide.",
        SanitizeStatus.SourceError => "The source's answer says success, and is an error in itself; its text may name people.",
        SanitizeStatus.LinkUnreadable => "The source's answer has a link to more that cannot be read, and without it what there is would look like all.",
        _ => "The source's answer is not whole, valid JSON; nothing of it passes.",
    });
}
