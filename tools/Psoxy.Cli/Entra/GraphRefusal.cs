namespace Psoxy.Cli.Entra;

/// <summary>What a refusal of Graph's means here, and what to do.</summary>
internal static class GraphRefusal
{
    /// <param name="answer">The refusal.</param>
    /// <param name="wanted">What was wanted, after "cannot".</param>
    public static EntraException Of(GraphAnswer answer, string wanted) => new($"cannot {wanted}: {Reason(answer)}");

    private static string Reason(GraphAnswer answer) => (answer.Status, answer.Code) switch
    {
        (401, _) => "Graph does not accept the token. Sign in again ('az login', or --auth device-code) to the tenant of psoxy.yaml.",
        (403, "Authorization_RequestDenied") =>
            "your account may not (Authorization_RequestDenied). Any of these may: an owner of the application; the role Application Administrator or Cloud Application Administrator; to make a new one, "
            + "Application Developer, or any member where the tenant lets members register applications. No such role? Let somebody who has one make an empty application and you its owner, and take it over: 'psoxy entra adopt'.",
        (403, "Directory_QuotaExceeded") => "a quota of the directory is exhausted (Directory_QuotaExceeded): remove what is not used any more, federated credentials of the application or deleted objects.",
        (404, _) => $"it is not there ({answer.Code}). If it was made just now, run the command again in a minute.",
        (409, _) => $"something with the same key is there ({answer.Code}): {answer.Message} If it was deleted lately, it still holds its name: restore it in the portal, or purge it under 'Deleted applications'.",
        (429, _) => "Graph asks to wait. Run the command again later: it goes on from where it was.",
        ( >= 500, _) => $"Graph fails ({answer.Status}). Run the command again: it goes on from where it was.",
        _ => $"Graph answers {answer.Status} {answer.Code}: {answer.Message}",
    };
}
