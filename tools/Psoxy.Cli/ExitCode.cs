namespace Psoxy.Cli;

/// <summary>What a script may rely on.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Something failed while working; standard error says what.</summary>
    public const int Failed = 1;

    /// <summary>The command could not be understood or started: an unknown option, a missing file, a port in use.</summary>
    public const int Usage = 2;

    /// <summary>What is differs from what should be, as <c>entra plan</c> and <c>entra consent --check</c> tell; the same as terraform's.</summary>
    public const int Differs = 2;

    /// <summary>A rules file is invalid.</summary>
    public const int InvalidRules = 3;

    /// <summary>The same of psoxy.yaml.</summary>
    public const int InvalidFile = InvalidRules;

    /// <summary>The rules refuse the request.</summary>
    public const int Refused = 4;

    /// <summary>The input is not JSON.</summary>
    public const int NotJson = 5;
}
