using System.Text.Json;

namespace Psoxy.Gcp.Replies;

/// <summary>Bodies of errors: <c>{"error":{"code","message","correlationId"}}</c>.</summary>
internal static class ErrorBody
{
    public static byte[] Of(string code, string message, string correlationId) => Write(writer =>
    {
        writer.WriteString("code", code);
        writer.WriteString("message", message);
        writer.WriteString("correlationId", correlationId);
    });

    /// <summary>Graph's error, rebuilt from its code and ids; its own text may name people.</summary>
    public static byte[] Of(SourceError error, string correlationId) => Write(writer =>
    {
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Explanation);
        writer.WriteString("correlationId", correlationId);
        writer.WriteStartObject("innerError");
        if (error.RequestId is { } requestId) writer.WriteString("request-id", requestId);
        if (error.ClientRequestId is { } clientRequestId) writer.WriteString("client-request-id", clientRequestId);
        if (error.Date is { } date) writer.WriteString("date", date);
        writer.WriteEndObject();
    });

    private static byte[] Write(Action<Utf8JsonWriter> inside)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            inside(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
