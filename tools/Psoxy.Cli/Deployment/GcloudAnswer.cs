using System.Globalization;
using System.Text.RegularExpressions;

namespace Psoxy.Cli.Deployment;

/// <summary>What gcloud did.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said.</param>
internal sealed partial record GcloudAnswer(int Code, string Output, string Error)
{
    public bool IsSuccess => Code == 0;

    /// <summary>There is no such thing. Each API says it in its own way.</summary>
    public bool IsMissing => !IsSuccess && MissingPattern().IsMatch(Error);

    /// <summary>The API is not enabled, or not everywhere yet.</summary>
    public bool IsDisabled => !IsSuccess && DisabledPattern().IsMatch(Error);

    /// <summary>There is one already.</summary>
    public bool IsTaken => !IsSuccess && TakenPattern().IsMatch(Error);

    /// <summary>The status of a function that did not answer 2xx: gcloud shows it, and not the body.</summary>
    public int? HttpStatus => !IsSuccess && HttpPattern().Match(Error) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>Its own words in one line: from its last error on, without the details that it prints after it.</summary>
    public string Problem
    {
        get
        {
            var at = Error.LastIndexOf("ERROR: ", StringComparison.Ordinal);
            var text = (at < 0 ? Error : Error[(at + "ERROR: ".Length)..]).Trim();
            var end = text.IndexOf("\n- '@type'", StringComparison.Ordinal);
            text = (end < 0 ? text : text[..end]).ReplaceLineEndings(" ");
            return text.Length <= 600 ? text : text[..600] + "…";
        }
    }

    [GeneratedRegex(@"NOT_FOUND|status=\[404\]|HTTPError 404|Unknown service account")]
    private static partial Regex MissingPattern();

    [GeneratedRegex("SERVICE_DISABLED|has not been used in project")]
    private static partial Regex DisabledPattern();

    [GeneratedRegex(@"ALREADY_EXISTS|status=\[409\]|already exists")]
    private static partial Regex TakenPattern();

    [GeneratedRegex(@"\(HTTPError\): (\d{3}) (Client|Server) Error")]
    private static partial Regex HttpPattern();
}
