using System.Text.Json;
using Psoxy.Core.Gate;

namespace Psoxy.Gcp.Tests.Evasion;

/// <summary>
/// What a corpus says of a refusal: a reason of the gate (<c>HiddenProperty</c>), a fault of the reader of requests (<c>reader:body</c>), <c>https</c>, <c>token</c>, or
/// <c>kestrel</c> where the server itself refuses before any code of ours, with a status other than 400 behind a colon.
/// </summary>
/// <param name="Status">Of the answer.</param>
/// <param name="Name">Of the header <c>X-Psoxy-Error</c>; <c>null</c> where the server refuses.</param>
/// <param name="Decision">The gate's, in the log.</param>
/// <param name="Error">In the log.</param>
/// <param name="Message">What the body's explanation begins with.</param>
internal sealed record Refusal(int Status, string? Name, string Decision = nameof(GateReason.Undecided), string Error = "InvalidRequest", string Message = "")
{
    private static readonly Dictionary<string, string> Reader = new()
    {
        ["target"] = "The request target must be a path",
        ["body"] = "A request with this method has no body",
        ["post"] = "POST is for envelopes only",
        ["type"] = "An envelope is application/json",
        ["size"] = "An envelope has 16 KB at most",
        ["json"] = "An envelope is one JSON object",
        ["object"] = "An envelope is a JSON object",
        ["keys"] = "An envelope is {",
        ["twice"] = "An envelope has each key once",
        ["empty"] = "An envelope needs a 'path'",
        ["no-body"] = "An envelope has a body",
        ["bom"] = "An envelope has no byte order mark",
        ["compressed"] = "An envelope is not compressed",
        ["broken"] = "The body's framing is broken",
        ["cut"] = "The body broke off",
        ["path"] = "'path' must be a path",
        ["query"] = "'query' must be a query",
        ["method"] = "'method' must be GET or HEAD",
        ["health"] = "'healthCheck' must be",
        ["health-alone"] = "An envelope with 'healthCheck' has nothing else",
        ["headers"] = "'headers' must be an object",
        ["header-value"] = "A value in 'headers'",
        ["headers-once"] = "'headers' must have each header once",
        ["headers-ours"] = "'headers' are for Graph",
        ["headers-connection"] = "'headers' must not have headers of the connection",
        ["headers-foreign"] = "'headers' has one that the rules",
        ["path-header-once"] = "X-Psoxy-TargetPath must be there once",
        ["query-header-once"] = "X-Psoxy-TargetQuery must be there once",
        ["path-header"] = "X-Psoxy-TargetPath must be a path",
        ["query-header"] = "X-Psoxy-TargetQuery must be a query",
        ["implementation"] = "X-Psoxy-Pseudonym-Implementation must be",
        ["framing"] = "A request has either",
        ["both"] = "An envelope says path and query itself",
    };

    public static Refusal Parse(string expected) => expected.Split(':') switch
    {
        ["kestrel"] => new(400, null),
        ["kestrel", var status] => new(int.Parse(status, null), null),
        ["https"] => new(400, "HTTPS_REQUIRED", Error: "HttpsRequired"),
        ["token"] => new(409, "TOKENIZED_REQUEST_PARAMETER_INVALID", nameof(GateReason.Allowed), "TokenizedRequestParameterInvalid"),
        ["reader", var fault] => new(400, "INVALID_REQUEST", Message: Reader[fault]),
        [var reason] => Of(Enum.Parse<GateReason>(reason)),
        _ => throw new FormatException($"'{expected}' is no expectation"),
    };

    private static Refusal Of(GateReason reason) => reason is GateReason.MalformedPath or GateReason.MalformedQuery or GateReason.DuplicateQueryOption
        ? new(400, "INVALID_REQUEST", reason.ToString())
        : new(403, "BLOCKED_BY_RULES", reason.ToString(), "BlockedByRules");

    public void AssertIs(RawAnswer answer, SummaryLine? line, string all)
    {
        Assert.That((answer.Status, answer.Error, answer.IsOurs), Is.EqualTo((Status, Name, Name is not null)), all);
        if (Name is null) return;
        Assert.That(line!.IsOf(answer), all);
        Assert.That((line.Decision, line.Error), Is.EqualTo((Decision, Error)), all);
        if (Message.Length > 0 && answer.Body.Length > 0) Assert.That(JsonDocument.Parse(answer.Body).RootElement.GetProperty("error").GetProperty("message").GetString(), Does.StartWith(Message), all);
    }
}
