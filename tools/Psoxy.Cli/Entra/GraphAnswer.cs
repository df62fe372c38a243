using System.Text.Json.Nodes;

namespace Psoxy.Cli.Entra;

/// <summary>What Graph answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The object, if there is one.</param>
internal sealed record GraphAnswer(int Status, JsonObject? Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public bool IsMissing => Status == 404;

    public string Code => (string?)Error?["code"] ?? "";

    public string Message => (string?)Error?["message"] ?? "";

    private JsonObject? Error => Body?["error"] as JsonObject;
}
