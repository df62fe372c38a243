namespace Psoxy.Cli.Smoke;

/// <summary>What a function answered, or why there is no answer.</summary>
/// <param name="Status">HTTP status; <c>null</c> where it was not reached.</param>
/// <param name="Body">What it answered; empty where nobody can tell. May hold pseudonymised rows: counted, never shown.</param>
/// <param name="Problem">Why it was not reached, and what to do; <c>null</c> where it was.</param>
internal sealed record FunctionAnswer(int? Status, string Body, string? Problem)
{
    public bool IsSuccess => Status == 200;
}
