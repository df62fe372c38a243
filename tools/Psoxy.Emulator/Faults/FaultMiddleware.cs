using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Emulator.Faults;

/// <summary>Misbehaves as the switch says, else lets the request through.</summary>
internal sealed class FaultMiddleware(FaultSwitch faults)
{
    /// <summary>Set on the request for faults that only the dependency itself can make.</summary>
    public const string Item = "fault";

    internal static readonly TimeSpan Late = TimeSpan.FromMilliseconds(400);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        faults.Begin();
        await using var gone = context.RequestAborted.UnsafeRegister(static faults => ((FaultSwitch)faults!).Abandon(), faults);
        var (kind, afterBytes) = faults.Take();
        context.Items[Item] = kind;
        switch (kind)
        {
            case FaultKind.Hang when afterBytes == 0:
                await BodyFaults.HangAsync(context);
                break;
            case FaultKind.Slow when afterBytes == 0:
                await Task.Delay(Late);
                await next(context);
                break;
            case FaultKind.Oversized when context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true:
                await next(context);
                break;
            case FaultKind.Oversized:
                await BodyFaults.OversizedAsync(context, faults);
                break;
            case FaultKind.Empty:
                await AnswerAsync(context, 200, "application/json", "");
                break;
            case FaultKind.Cut or FaultKind.Dribble:
            case FaultKind.Hang or FaultKind.Slow or FaultKind.Garbage when afterBytes > 0:
                await BodyFaults.InvokeAsync(context, next, faults, kind, afterBytes);
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
                context.Response.Headers.RetryAfter = faults.RetryAfter;
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

    private Task ErrorAsync(HttpContext context, FaultKind kind)
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

    private async Task AnswerAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(body);
        faults.Sent = body;
        await context.Response.WriteAsync(body);
    }
}
