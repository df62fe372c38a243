namespace Psoxy.Emulator.Google;

/// <summary>An API of Google's control plane.</summary>
public enum CloudApi
{
    /// <summary>None that is emulated: answers 404, and is on the record.</summary>
    Unknown = 0,

    /// <summary>The OAuth token endpoint.</summary>
    Tokens,

    /// <summary>Which APIs are enabled.</summary>
    ServiceUsage,

    /// <summary>Service accounts.</summary>
    Iam,

    /// <summary>The project and its policy.</summary>
    ResourceManager,

    /// <summary>Secrets.</summary>
    SecretManager,

    /// <summary>Cloud Functions, second generation.</summary>
    CloudFunctions,

    /// <summary>Policies of the Cloud Run services behind functions.</summary>
    Run,

    /// <summary>Builds.</summary>
    CloudBuild,

    /// <summary>Buckets, and uploads.</summary>
    Storage,

    /// <summary>Who pays for the project.</summary>
    Billing,
}

/// <summary>Where an API is and what it is called.</summary>
/// <param name="Api">Which.</param>
/// <param name="Prefix">Of its paths on the emulator's port.</param>
/// <param name="Override">The name in gcloud's <c>CLOUDSDK_API_ENDPOINT_OVERRIDES_</c>; empty for none.</param>
/// <param name="Title">What Google's errors call it.</param>
internal sealed record ApiPlace(CloudApi Api, string Prefix, string Override, string Title)
{
    public static IReadOnlyList<ApiPlace> All { get; } =
    [
        new(CloudApi.Tokens, "/token", "", "OAuth"),
        new(CloudApi.ServiceUsage, "/serviceusage", "SERVICEUSAGE", "Service Usage API"),
        new(CloudApi.Iam, "/iam", "IAM", "Identity and Access Management (IAM) API"),
        new(CloudApi.ResourceManager, "/cloudresourcemanager", "CLOUDRESOURCEMANAGER", "Cloud Resource Manager API"),
        new(CloudApi.SecretManager, "/secretmanager", "SECRETMANAGER", "Secret Manager API"),
        new(CloudApi.CloudFunctions, "/cloudfunctions", "CLOUDFUNCTIONS", "Cloud Functions API"),
        new(CloudApi.Run, "/run", "RUN", "Cloud Run Admin API"),
        new(CloudApi.CloudBuild, "/cloudbuild", "CLOUDBUILD", "Cloud Build API"),
        new(CloudApi.Storage, "/storage", "STORAGE", "Cloud Storage API"),
        new(CloudApi.Billing, "/cloudbilling", "CLOUDBILLING", "Cloud Billing API"),
    ];

    /// <summary>APIs that gcloud must not look for on the internet.</summary>
    public static IReadOnlyList<string> NotEmulated { get; } = ["APIGATEWAY", "ARTIFACTREGISTRY", "COMPUTE", "EVENTARC", "IAMCREDENTIALS", "LOGGING", "ORGPOLICY", "PUBSUB"];

    public string Service => Prefix[1..] + ".googleapis.com";

    public static ApiPlace Of(CloudApi api) => All.Single(place => place.Api == api);

    /// <summary>By a path; uploads to a bucket are beside Storage's own paths.</summary>
    public static ApiPlace? ByPath(string path) => path.StartsWith("/upload/", StringComparison.Ordinal)
        ? Of(CloudApi.Storage)
        : All.FirstOrDefault(place => path == place.Prefix || path.StartsWith(place.Prefix + "/", StringComparison.Ordinal));
}
