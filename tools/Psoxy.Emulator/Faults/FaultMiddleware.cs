using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Emulator.Faults;

/// <summary>Misbehaves as the switch says, else lets the request through.</summary>
internal sealed class FaultMiddleware(FaultSwitch faults)
{
    /// <summary>Set on the request for faults that only the dependency itself can make.</summary>
    public const string Item = "fault";

    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(400);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var kind = faults.Take();
        context.Items[Item] = kind;
        switch (kind)
        {
            case FaultKind.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case FaultKind.Slow:
                await Task.Delay(Late);
                await next(context);
                break;
            case FaultKind.Cut:
                await CutAsync(context, next);
                break;
            case FaultKind.Garbage:
                await AnswerAsync(context, 200, "application/json", "{\"value\":[{\"displayName\":\"Kanarie Garbage\",]]");
                break;
            case FaultKind.WrongContentType:
                await AnswerAsync(context, 200, "text/html", "<html>Kanarie Page</html>");
                break;
            case FaultKind.Redirect:
                context.Response.Headers.Location = "http://127.0.0.1:9/kanarie";
                await AnswerAsync(context, 302, "text/html", "Kanarie moved");
                break;
            case FaultKind.Throttled or FaultKind.Unavailable:
                context.Response.Headers.RetryAfter = "7";
                await ErrorAsync(context, kind);
                break;
            case FaultKind.Unauthorized or FaultKind.Forbidden or FaultKind.NotFound or FaultKind.ServerError or FaultKind.BadGateway or FaultKind.GatewayTimeout:
                await ErrorAsync(context, kind);
                break;
            case FaultKind.WrongDate:
                context.Response.Headers.Date = DateTimeOffset.UtcNow.AddHours(-1).ToString("R", CultureInfo.InvariantCulture);
                await next(context);
                break;
            default:
                await next(context);
                break;
        }
    }

    private static Task ErrorAsync(HttpContext context, FaultKind kind)
    {
        var (status, code) = kind switch
        {
            FaultKind.Unauthorized => (401, "InvalidAuthenticationToken"),
            FaultKind.Forbidden => (403, "Authorization_RequestDenied"),
            FaultKind.NotFound => (404, "Request_ResourceNotFound"),
            FaultKind.Throttled => (429, "TooManyRequests"),
            FaultKind.Unavailable => (503, "ServiceUnavailable"),
            FaultKind.BadGateway => (502, "BadGateway"),
            FaultKind.GatewayTimeout => (504, "GatewayTimeout"),
            _ => (500, "InternalServerError"),
        };
        var body = $$"""
            {"error":{"code":"{{code}}","message":"Kanarie Person cannot do this.","innerError":{"date":"2026-11-24T10:17:06","request-id":"{{Guid.NewGuid()}}","client-request-id":"{{Guid.NewGuid()}}"} } }
            """;
        return AnswerAsync(context, status, "application/json", body);
    }

    private static async Task AnswerAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body);
    }

    private static async Task CutAsync(HttpContext context, RequestDelegate next)
    {
        var real = context.Response.Body;
        using var whole = new MemoryStream();
        context.Response.Body = whole;
        await next(context);
        context.Response.Body = real;
        context.Response.ContentLength = null;
        await context.Response.Body.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length / 2));
        await context.Response.Body.FlushAsync();

        // A reset overtakes what is still on its way; the first half is to arrive.
        await Task.Delay(Late);
        context.Abort();
    }
}
