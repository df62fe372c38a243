using System.Diagnostics.CodeAnalysis;

namespace Google.Cloud.SecretManager.V1;

/// <summary>Resource name of one version of a secret.</summary>
public sealed class SecretVersionName : IEquatable<SecretVersionName>
{
    /// <summary>The name of a version of a global secret.</summary>
    /// <param name="projectId">The project's id or number.</param>
    /// <param name="secretId">The secret's id.</param>
    /// <param name="secretVersionId">A number, <c>latest</c> or an alias.</param>
    /// <exception cref="ArgumentException">A part is null or empty.</exception>
    public SecretVersionName(string projectId, string secretId, string secretVersionId)
        : this(ResourceNameType.ProjectSecretSecretVersion, projectId, null, secretId, secretVersionId)
    {
    }

    private SecretVersionName(ResourceNameType type, string projectId, string? locationId, string secretId, string secretVersionId)
    {
        ArgumentException.ThrowIfNullOrEmpty(projectId);
        ArgumentException.ThrowIfNullOrEmpty(secretId);
        ArgumentException.ThrowIfNullOrEmpty(secretVersionId);
        (Type, ProjectId, LocationId, SecretId, SecretVersionId) = (type, projectId, locationId, secretId, secretVersionId);
    }

    /// <summary>The forms of the name.</summary>
    public enum ResourceNameType
    {
        /// <summary>projects/{project}/secrets/{secret}/versions/{secret_version}.</summary>
        ProjectSecretSecretVersion = 1,

        /// <summary>projects/{project}/locations/{location}/secrets/{secret}/versions/{secret_version}.</summary>
        ProjectLocationSecretSecretVersion = 2,
    }

    /// <summary>The form of this name.</summary>
    public ResourceNameType Type { get; }

    /// <summary>The project's id or number.</summary>
    public string ProjectId { get; }

    /// <summary>The region of a regional secret; null for a global one.</summary>
    public string? LocationId { get; }

    /// <summary>The secret's id.</summary>
    public string SecretId { get; }

    /// <summary>A number, <c>latest</c> or an alias.</summary>
    public string SecretVersionId { get; }

    /// <summary>The same as the constructor.</summary>
    public static SecretVersionName FromProjectSecretSecretVersion(string projectId, string secretId, string secretVersionId) => new(projectId, secretId, secretVersionId);

    /// <summary>The name of a version of a regional secret.</summary>
    public static SecretVersionName FromProjectLocationSecretSecretVersion(string projectId, string locationId, string secretId, string secretVersionId)
    {
        ArgumentException.ThrowIfNullOrEmpty(locationId);
        return new(ResourceNameType.ProjectLocationSecretSecretVersion, projectId, locationId, secretId, secretVersionId);
    }

    /// <summary>The text of a global secret's version.</summary>
    public static string Format(string projectId, string secretId, string secretVersionId) => FormatProjectSecretSecretVersion(projectId, secretId, secretVersionId);

    /// <summary>The text of a global secret's version.</summary>
    public static string FormatProjectSecretSecretVersion(string projectId, string secretId, string secretVersionId) => new SecretVersionName(projectId, secretId, secretVersionId).ToString();

    /// <summary>The text of a regional secret's version.</summary>
    public static string FormatProjectLocationSecretSecretVersion(string projectId, string locationId, string secretId, string secretVersionId) =>
        FromProjectLocationSecretSecretVersion(projectId, locationId, secretId, secretVersionId).ToString();

    /// <summary>Reads either form.</summary>
    /// <exception cref="ArgumentException">The text has neither form.</exception>
    public static SecretVersionName Parse(string secretVersionName) => TryParse(secretVersionName, out var result)
        ? result
        : throw new ArgumentException("The text is no resource name of a secret's version.", nameof(secretVersionName));

    /// <summary>Reads either form; false for any other text.</summary>
    /// <exception cref="ArgumentNullException">There is no text.</exception>
    public static bool TryParse(string secretVersionName, [NotNullWhen(true)] out SecretVersionName? result)
    {
        ArgumentNullException.ThrowIfNull(secretVersionName);
        var segments = secretVersionName.Split('/');
        result = segments.Contains("") ? null : segments switch
        {
            ["projects", var project, "secrets", var secret, "versions", var version] => new(project, secret, version),
            ["projects", var project, "locations", var location, "secrets", var secret, "versions", var version] =>
                FromProjectLocationSecretSecretVersion(project, location, secret, version),
            _ => null,
        };
        return result is not null;
    }

    /// <summary>The resource name.</summary>
    public override string ToString() => Type == ResourceNameType.ProjectSecretSecretVersion
        ? $"projects/{ProjectId}/secrets/{SecretId}/versions/{SecretVersionId}"
        : $"projects/{ProjectId}/locations/{LocationId}/secrets/{SecretId}/versions/{SecretVersionId}";

    /// <inheritdoc />
    public bool Equals(SecretVersionName? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SecretVersionName);

    /// <inheritdoc />
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
