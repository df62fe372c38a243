namespace Psoxy.Gcp.Graph;

/// <summary>What came of sending a call once.</summary>
/// <param name="Outcome">The answer, or why there is none.</param>
/// <param name="MayPass">Whether the same call may fare better soon: Graph is busy, or the connection failed before an answer began.</param>
/// <param name="RetryAfter">How long Graph asks to wait, where it does.</param>
internal readonly record struct GraphTry(Attempt<GraphResponse> Outcome, bool MayPass = false, TimeSpan? RetryAfter = null);
