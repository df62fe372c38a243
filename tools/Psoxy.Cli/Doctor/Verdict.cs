namespace Psoxy.Cli.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Result">How it stands.</param>
/// <param name="What">What is so, or what is wrong; one line. Never a value that could be secret.</param>
/// <param name="Fix">The command that mends it, or what to do where there is none.</param>
internal sealed record Verdict(Result Result, string What, string? Fix = null)
{
    public static Verdict Ok(string what) => new(Result.Ok, what);

    public static Verdict Warn(string what, string fix) => new(Result.Warn, what, fix);

    public static Verdict Wrong(string what, string fix) => new(Result.Wrong, what, fix);

    public static Verdict NotAsked(string because, string? fix = null) => new(Result.NotAsked, because, fix);
}

/// <summary>How a check stands.</summary>
internal enum Result
{
    /// <summary>It could not be made.</summary>
    NotAsked = 0,

    /// <summary>No row of data comes through like this, or data is not safe.</summary>
    Wrong,

    /// <summary>It works, and somebody should look.</summary>
    Warn,

    /// <summary>As it should be.</summary>
    Ok,
}
