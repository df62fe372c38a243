using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Emulator.Graph;

/// <summary>A very long page, written message by message.</summary>
/// <param name="Messages">How many.</param>
/// <param name="Pause">Between two; none for as fast as it goes.</param>
public sealed record StreamedPage(int Messages, TimeSpan Pause)
{
    internal async Task WriteAsync(HttpContext context, IReadOnlyList<JsonObject> messages)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{\"value\":[");
        var texts = messages.Select(message => message.ToJsonString()).ToList();
        for (var number = 0; number < Messages; number++)
        {
            await context.Response.WriteAsync((number == 0 ? "" : ",") + texts[number % texts.Count]);
            if (Pause <= TimeSpan.Zero) continue;
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Pause, context.RequestAborted);
        }

        await context.Response.WriteAsync("]}");
    }
}
