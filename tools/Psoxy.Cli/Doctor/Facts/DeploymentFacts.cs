using Psoxy.Cli.Deployment;
using Psoxy.Cli.Entra;

namespace Psoxy.Cli.Doctor.Facts;

/// <summary>All that was gathered of a deployment. Holds nothing secret: of secrets only what they are called and who may read them.</summary>
internal sealed record DeploymentFacts
{
    public required DeploymentSettings Settings { get; init; }

    /// <summary>Path of psoxy.yaml.</summary>
    public required string File { get; init; }

    /// <summary>E-mail of whoever is signed in to gcloud; <see cref="Standing.Failed"/> where gcloud is not here.</summary>
    public required Fact<string> Engineer { get; init; }

    public required Fact<Project> Project { get; init; }

    /// <summary>Whether a billing account pays: <c>True</c> or <c>False</c>.</summary>
    public required Fact<string> Billing { get; init; }

    /// <summary>APIs that are enabled.</summary>
    public required Fact<IReadOnlyList<string>> Apis { get; init; }

    public required Fact<Policy> ProjectPolicy { get; init; }

    /// <summary>State of the salt's version: <c>ENABLED</c>, <c>DISABLED</c>, <c>DESTROYED</c>.</summary>
    public required Fact<string> Salt { get; init; }

    /// <summary>The same of the key's.</summary>
    public required Fact<string> EncryptionKey { get; init; }

    public required Fact<Policy> SaltPolicy { get; init; }

    public required Fact<Policy> EncryptionKeyPolicy { get; init; }

    /// <summary>The project's functions, of all regions.</summary>
    public required Fact<IReadOnlyList<Function>> Functions { get; init; }

    /// <summary>Graph's permissions: known where somebody is signed in to the tenant.</summary>
    public required Fact<GraphPermissions> Tenant { get; init; }

    public required IReadOnlyList<ConnectorFacts> Connectors { get; init; }

    public FixCommands Fix => new(Settings, File);

    public SecretVersionName SaltName => SecretVersionName.Of(Settings.Salt);

    public SecretVersionName EncryptionKeyName => SecretVersionName.Of(Settings.EncryptionKey);

    /// <summary>The connector's function where it should be, or why it is not known.</summary>
    public Fact<Function> FunctionOf(ConnectorFacts connector)
    {
        if (!Functions.Has(out var functions, out _)) return new(Functions.Standing, null, Functions.Why);
        return functions.FirstOrDefault(function => function.Name == Settings.NameOf(connector.Settings) && function.Region == Settings.Region) is { } found
            ? Fact.Known(found)
            : new(Standing.Missing, null, "there is no function");
    }
}
