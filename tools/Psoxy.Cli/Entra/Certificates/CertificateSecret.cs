using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra.Certificates;

/// <summary>The secret in which a connector's keys lie, a version each. They are written and destroyed here, never read.</summary>
internal sealed class CertificateSecret(EntraContext context, DeploymentSettings settings, ConnectorSettings connector)
{
    private const string Setting = "CLIENT_CERTIFICATE";

    public string Id { get; } = settings.CertificateSecretOf(connector);

    private string Project => "--project=" + settings.Project;

    /// <summary>A version as psoxy.yaml names it.</summary>
    public string NameOf(int version) => string.Create(CultureInfo.InvariantCulture, $"projects/{settings.Project}/secrets/{Id}/versions/{version}");

    /// <summary>The versions that are not destroyed; none where there is no secret yet.</summary>
    public async Task<IReadOnlyList<SecretVersion>> ListAsync(CancellationToken cancellation)
    {
        var answer = await RunAsync(["secrets", "versions", "list", Id, Project, "--format=json(name,state)"], default, cancellation);
        if (answer.IsMissing) return [];
        if (!answer.IsSuccess) throw Refused("list the versions of", answer, "roles/secretmanager.viewer");
        return [.. Parse(answer).AsArray().Select(SecretVersion.Of).Where(version => version.State != "DESTROYED").OrderBy(version => version.Number)];
    }

    /// <summary>Stores certificate and key, and tells the number of the version.</summary>
    public async Task<int> AddAsync(ReadOnlyMemory<byte> pem, CancellationToken cancellation)
    {
        var made = await RunAsync(["secrets", "create", Id, Project, "--replication-policy=automatic", "--format=none"], default, cancellation);
        if (!made.IsSuccess && !made.IsTaken) throw Refused("make", made, "roles/secretmanager.admin");
        var added = await RunAsync(["secrets", "versions", "add", Id, Project, "--data-file=-", "--format=value(name)"], pem, cancellation);
        if (!added.IsSuccess) throw Refused("add a version to", added, "roles/secretmanager.secretVersionAdder");
        return int.TryParse(added.Output.Trim().Split('/')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new EntraException($"gcloud does not tell the version that it added to {Id}. Run the command again: that version is left over, and 'psoxy entra certificate retire' destroys it.");
    }

    /// <summary>Destroys a version: what it held is gone for good.</summary>
    public async Task DestroyAsync(int version, CancellationToken cancellation)
    {
        var answer = await RunAsync(["secrets", "versions", "destroy", version.ToString(CultureInfo.InvariantCulture), "--secret=" + Id, Project, "--format=none"], default, cancellation);
        if (!answer.IsSuccess && !answer.IsMissing) throw Refused($"destroy version {version} of", answer, "roles/secretmanager.secretVersionManager");
    }

    /// <summary>What the function runs with.</summary>
    public async Task<DeployedCertificate> DeployedAsync(CancellationToken cancellation)
    {
        var name = settings.NameOf(connector);
        var answer = await RunAsync(
            ["functions", "describe", name, "--gen2", "--region=" + settings.Region, Project, "--format=json(state,stateMessages,serviceConfig.environmentVariables,serviceConfig.secretEnvironmentVariables)"], default, cancellation);
        if (answer.IsMissing) return new(false, null);
        if (!answer.IsSuccess) throw new EntraException($"cannot learn with which certificate {name} runs, so nothing is retired: {answer.Problem} It needs roles/cloudfunctions.viewer on {settings.Project}.");
        var function = Parse(answer) as JsonObject;

        // After an update that failed, Google shows the new configuration beside the old revision, with the reason as a message.
        if ((string?)function?["state"] != "ACTIVE" || function["stateMessages"] is JsonArray { Count: > 0 })
            throw new EntraException($"the last deployment of {name} failed, or is under way, so that it is not certain with which certificate it runs: './deploy.sh apply --connector {connector.Connector.Id}' comes first. Nothing was retired.");
        var config = function["serviceConfig"];
        foreach (var variable in config?["secretEnvironmentVariables"] as JsonArray ?? [])
            if ((string?)variable!["key"] == Setting) return new(true, $"{variable["secret"]}/versions/{variable["version"]}");
        return new(true, (string?)config?["environmentVariables"]?[Setting] is { } text ? text[(text.IndexOf("/secrets/", StringComparison.Ordinal) is var at and >= 0 ? at + "/secrets/".Length : 0)..] : null);
    }

    private async Task<GcloudAnswer> RunAsync(string[] arguments, ReadOnlyMemory<byte> input, CancellationToken cancellation) =>
        await context.Gcloud(arguments, input, cancellation) ?? throw new EntraException("gcloud is not here, and keys are kept in Google's Secret Manager: install the Google Cloud CLI, and sign in.");

    private static JsonNode Parse(GcloudAnswer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Output) ?? new JsonArray();
        }
        catch (JsonException)
        {
            throw new EntraException("gcloud prints something else than the JSON that was asked for.");
        }
    }

    private EntraException Refused(string wanted, GcloudAnswer answer, string role) =>
        new($"cannot {wanted} the secret {Id}: {answer.Problem} It needs {role} on {settings.Project}. Run the command again then: it goes on from where it was.");
}

/// <summary>A version of the secret.</summary>
/// <param name="Number">From 1.</param>
/// <param name="State"><c>ENABLED</c>, <c>DISABLED</c> or <c>DESTROYED</c>.</param>
internal sealed record SecretVersion(int Number, string State)
{
    public bool IsEnabled => State == "ENABLED";

    public static SecretVersion Of(JsonNode? node) =>
        new(int.Parse(((string)node!["name"]!).Split('/')[^1], NumberStyles.None, CultureInfo.InvariantCulture), ((string?)node["state"] ?? "").ToUpperInvariant());
}

/// <summary>What a function runs with.</summary>
/// <param name="IsThere">Whether there is a function.</param>
/// <param name="Version"><c>SECRET/versions/N</c> of its certificate; <c>null</c> if it has a federated credential.</param>
internal sealed record DeployedCertificate(bool IsThere, string? Version);
