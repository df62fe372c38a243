namespace Psoxy.Emulator.Google;

/// <summary>What Google's control plane starts with.</summary>
public sealed record CloudOptions
{
    /// <summary>The project's id.</summary>
    public string ProjectId { get; init; } = "psoxy-emulator";

    /// <summary>The project's number.</summary>
    public string ProjectNumber { get; init; } = "123456789012";

    /// <summary>Who works with gcloud: a service account of another project, so that it is not among the project's own.</summary>
    public string Engineer { get; init; } = "engineer@psoxy-admins.iam.gserviceaccount.com";

    /// <summary>The engineer's roles on the project.</summary>
    public IReadOnlyList<string> EngineerRoles { get; init; } = ["roles/owner"];

    /// <summary>APIs that are enabled; none of those that a deployment needs by default, as in a new project.</summary>
    public IReadOnlyList<string> EnabledServices { get; init; } = ["cloudapis.googleapis.com", "logging.googleapis.com", "monitoring.googleapis.com", "serviceusage.googleapis.com", "storage.googleapis.com"];

    /// <summary>For how many calls an API that was enabled still says that it is not.</summary>
    public int EnableDelay { get; init; }

    /// <summary>For how many calls that name it a new service account does not exist yet: Google's IAM is eventually consistent.</summary>
    public int ServiceAccountDelay { get; init; }

    /// <summary>Whether Cloud Run leaves the signature in a token that is for the function's own URL and comes in Authorization. What else it checks loses its signature always.</summary>
    public bool KeepsSignatures { get; init; }

    /// <summary>The repository, whose stand-ins are served as Google's packages to builds.</summary>
    public string RepositoryRoot { get; init; } = Build.Root;

    /// <summary>Where builds are kept, by what went into them.</summary>
    public string BuildCache { get; init; } = Path.Combine(Path.GetTempPath(), "psoxy-emulator-builds-" + Environment.UserName);
}
