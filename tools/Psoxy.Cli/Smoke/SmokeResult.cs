namespace Psoxy.Cli.Smoke;

/// <summary>What came of one request.</summary>
/// <param name="Request">What was asked: <c>health check</c>, or path and query.</param>
/// <param name="IsOk">Whether the function is as it should be.</param>
/// <param name="Status">HTTP status; <c>null</c> where the function was not reached.</param>
/// <param name="Rows">Rows of the answer; <c>null</c> where there are none to count.</param>
/// <param name="Notes">What is wrong and what to do, or what somebody should know.</param>
internal sealed record SmokeResult(string Request, bool IsOk, int? Status, int? Rows, IReadOnlyList<string> Notes);
