namespace Psoxy.Emulator.Google.Faults;

/// <summary>How Google's control plane misbehaves.</summary>
public enum CloudFaultKind
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>403: the caller lacks a permission.</summary>
    PermissionDenied,

    /// <summary>403: the API is not enabled, whatever Service Usage says.</summary>
    NotEnabled,

    /// <summary>429.</summary>
    QuotaExceeded,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>Somebody changes the policy between the caller's reading and writing: 409.</summary>
    ConcurrentChange,

    /// <summary>The connection breaks before an answer, and nothing has been done.</summary>
    Cut,

    /// <summary>It is done, but the connection breaks before the answer.</summary>
    CutAfterwards,

    /// <summary>It never answers.</summary>
    Hang,

    /// <summary>A function's build fails, with the fault's message. Only for Cloud Functions' operations.</summary>
    BuildFailure,
}

/// <summary>A fault that waits for its call.</summary>
/// <param name="Api">Whose calls are counted.</param>
/// <param name="Kind">What goes wrong.</param>
public sealed record CloudFault(CloudApi Api, CloudFaultKind Kind)
{
    /// <summary>Only calls whose target holds this text count; empty for all.</summary>
    public string Target { get; init; } = "";

    /// <summary>Only calls of this method count; empty for all.</summary>
    public string Method { get; init; } = "";

    /// <summary>Which of these calls is the first that it meets, from 1.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>How many calls it meets.</summary>
    public int Times { get; init; } = 1;

    /// <summary>What a failed build says.</summary>
    public string Text { get; init; } = "";
}
