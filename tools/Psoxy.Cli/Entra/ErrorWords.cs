using Psoxy.Core.Entra;

namespace Psoxy.Cli.Entra;

/// <summary>What the enumerations of Entra's errors are called in front of people.</summary>
internal static class ErrorWords
{
    public static string Of(EntraRetry retry) => retry switch
    {
        EntraRetry.AfterChange => "only in the first minutes after the application or its credential was made or changed",
        EntraRetry.FreshAssertion => "once, with a new assertion (the function makes one for every token)",
        EntraRetry.Later => "yes, it passes by itself",
        _ => "no",
    };

    public static string Of(EntraEvidence evidence) => evidence switch
    {
        EntraEvidence.Measured => "measured",
        EntraEvidence.Documented => "documented",
        _ => "reported",
    };
}
