using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Emulator.Faults;

/// <summary>Misbehaves in the body of the true answer.</summary>
internal static class BodyFaults
{
    private const int Rows = 256;
    private const int Chunks = 1024;

    public static async Task InvokeAsync(HttpContext context, RequestDelegate next, FaultSwitch faults, FaultKind kind, int afterBytes)
    {
        // So that a number of bytes is a place in the text.
        if (afterBytes > 0) context.Request.Headers.Remove("Accept-Encoding");
        var real = context.Response.Body;
        using var whole = new MemoryStream();
        context.Response.Body = whole;
        await next(context);
        context.Response.Body = real;
        context.Response.ContentLength = null;
        var body = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        faults.Sent = Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 64 * 1024)]);
        var first = Math.Min(body.Length, afterBytes > 0 ? afterBytes : kind == FaultKind.Cut ? body.Length / 2 : 0);
        await real.WriteAsync(body[..first]);
        await real.FlushAsync();
        var rest = body[first..];
        switch (kind)
        {
            case FaultKind.Hang:
                await HangAsync(context);
                break;
            case FaultKind.Slow:
                await Task.Delay(FaultMiddleware.Late);
                await real.WriteAsync(rest);
                break;
            case FaultKind.Dribble:
                await DribbleAsync(context, rest, faults.Pace);
                break;
            case FaultKind.Garbage:
                await real.WriteAsync("\u0001,]]Kanarie Garbage"u8.ToArray());
                break;
            default:
                // A reset overtakes what is still on its way; the first part is to arrive.
                await Task.Delay(FaultMiddleware.Late);
                context.Abort();
                break;
        }
    }

    public static Task HangAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>Some thirty megabytes, of which a client need not take more than it wants.</summary>
    public static async Task OversizedAsync(HttpContext context, FaultSwitch faults)
    {
        context.Response.ContentType = "application/json";
        faults.Sent = Row(0);
        try
        {
            await context.Response.WriteAsync("{\"value\":[");
            var rows = Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, Rows).Select(Row)));
            for (var chunk = 0; chunk < Chunks && !context.RequestAborted.IsCancellationRequested; chunk++)
            {
                if (chunk > 0) await context.Response.WriteAsync(",");
                await context.Response.Body.WriteAsync(rows, context.RequestAborted);
            }

            await context.Response.WriteAsync("]}");
        }
        catch (OperationCanceledException)
        {
            // It has had enough, as it should.
        }
    }

    private static string Row(int number) =>
        $$"""{"id":"{{Guid.Empty}}","displayName":"Kanarie {{number.ToString(CultureInfo.InvariantCulture)}}","accountEnabled":true,"createdDateTime":"2026-01-01T00:00:00Z"}""";

    private static async Task DribbleAsync(HttpContext context, ReadOnlyMemory<byte> rest, TimeSpan pace)
    {
        try
        {
            for (; rest.Length > 0; rest = rest[1..])
            {
                await context.Response.Body.WriteAsync(rest[..1], context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (pace > TimeSpan.Zero) await Task.Delay(pace, context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller has had enough.
        }
    }
}
