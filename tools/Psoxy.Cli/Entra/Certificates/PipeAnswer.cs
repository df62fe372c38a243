using System.Text.RegularExpressions;

namespace Psoxy.Cli.Entra.Certificates;

/// <summary>What gcloud did.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said.</param>
internal sealed partial record PipeAnswer(int Code, string Output, string Error)
{
    private const int Longest = 600;

    public bool IsSuccess => Code == 0;

    /// <summary>There is no such thing.</summary>
    public bool IsMissing => !IsSuccess && MissingPattern().IsMatch(Error);

    /// <summary>There is one already.</summary>
    public bool IsTaken => !IsSuccess && TakenPattern().IsMatch(Error);

    /// <summary>Its own words in one line.</summary>
    public string Problem => Error.Trim().ReplaceLineEndings(" ") is var text && text.Length <= Longest ? text : text[..Longest] + "…";

    [GeneratedRegex(@"NOT_FOUND|status=\[404\]|HTTPError 404")]
    private static partial Regex MissingPattern();

    [GeneratedRegex(@"ALREADY_EXISTS|status=\[409\]|already exists")]
    private static partial Regex TakenPattern();
}
