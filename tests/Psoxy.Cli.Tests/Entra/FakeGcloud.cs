using System.Text;
using System.Text.Json;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Tests.Entra;

/// <summary>A gcloud that knows one secret and one function, and what it was called with. The real one is in <see cref="CertificateProcessTests"/>.</summary>
internal sealed class FakeGcloud
{
    private const string Folder = "projects/123456789012/secrets/";

    /// <summary>Versions: what is in them, and their state.</summary>
    public List<(string Pem, string State)> Versions { get; } = [];

    public List<string> Calls { get; } = [];

    public string? Secret { get; private set; }

    public bool IsInstalled { get; set; } = true;

    /// <summary>What it says to these commands, and ends with 1.</summary>
    public (string Command, string Error)? Refusal { get; set; }

    /// <summary>What it answers when asked for the function; <c>null</c> where that is not deployed.</summary>
    public string? Function { get; set; }

    /// <summary>The function is deployed with a version.</summary>
    public void Deploy(int version) => Function = $$"""
        {"serviceConfig": {"environmentVariables": {"SOURCE": "outlook-mail"}, "secretEnvironmentVariables": [{"key": "PSOXY_SALT", "projectId": "acme-psoxy", "secret": "psoxy-salt", "version": "1"},
         {"key": "CLIENT_CERTIFICATE", "projectId": "acme-psoxy", "secret": "psoxy-outlook-mail-certificate", "version": "{{version}}"}]}, "state": "ACTIVE"}
        """;

    public string PemOf(int version) => Versions[version - 1].Pem;

    public Task<GcloudAnswer?> RunAsync(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        Calls.Add(string.Join(' ', arguments));
        return Task.FromResult(IsInstalled ? Refusal is { } refusal && Calls[^1].StartsWith(refusal.Command, StringComparison.Ordinal) ? new(1, "", refusal.Error) : Answer(arguments, Encoding.UTF8.GetString(input.Span)) : (GcloudAnswer?)null);
    }

    private GcloudAnswer Answer(IReadOnlyList<string> arguments, string input)
    {
        Assert.That(arguments, Does.Contain("--project=acme-psoxy"));
        switch (arguments[0], arguments[1], arguments[2])
        {
            case ("secrets", "create", _):
                if (Secret is not null) return new(1, "", $"ERROR: (gcloud.secrets.create) Resource in projects [acme-psoxy] is the subject of a conflict: Secret [{Folder}{Secret}] already exists.");
                Secret = arguments[2];
                return new(0, "", $"Created secret [{Secret}].");
            case ("secrets", "versions", "add"):
                Assert.That((arguments[3], arguments.Contains("--data-file=-")), Is.EqualTo((Secret, true)));
                Versions.Add((input, "ENABLED"));
                return new(0, $"{Folder}{Secret}/versions/{Versions.Count}\n", $"Created version [{Versions.Count}] of the secret [{Secret}].");
            case ("secrets", "versions", "list"):
                if (Secret is null) return new(1, "", $"ERROR: (gcloud.secrets.versions.list) NOT_FOUND: Secret [{Folder}{arguments[3]}] not found.");
                return new(0, JsonSerializer.Serialize(Versions.Select((version, index) => new { name = $"{Folder}{Secret}/versions/{index + 1}", state = version.State })), "");
            case ("secrets", "versions", "destroy"):
                Versions[int.Parse(arguments[3], System.Globalization.CultureInfo.InvariantCulture) - 1] = ("", "DESTROYED");
                return new(0, "", "");
            case ("functions", "describe", _):
                return Function is { } function ? new(0, function, "") : new(1, "", "ERROR: (gcloud.functions.describe) ResponseError: status=[404], code=[Not Found], message=[Resource was not found]");
            default:
                return new(2, "", "ERROR: (gcloud) Invalid choice");
        }
    }
}
