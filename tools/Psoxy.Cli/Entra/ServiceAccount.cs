using Psoxy.Cli.Deployment;
using Psoxy.Core.Settings;

namespace Psoxy.Cli.Entra;

/// <summary>A connector's service account as gcloud tells of it.</summary>
/// <param name="UniqueId">Its unique id, or <c>null</c>.</param>
/// <param name="Why">Why that is not known; <c>null</c> where it is, or where the account can be made.</param>
/// <param name="IsMissing">There is none yet.</param>
internal sealed record ServiceAccount(string? UniqueId, string? Why, bool IsMissing)
{
    // Google's IAM knows what was made or enabled a moment ago after seconds, sometimes a minute.
    private static readonly int[] PauseSeconds = [1, 2, 4, 8, 15, 30];

    public static async Task<ServiceAccount> AskAsync(DeploymentSettings settings, ConnectorSettings connector, CancellationToken cancellation)
    {
        var account = settings.ServiceAccountOf(connector);
        var answer = await Gcloud.RunAsync(["iam", "service-accounts", "describe", account, "--project", settings.Project, "--format=value(uniqueId)"], cancellation);
        if (answer is null) return new(null, $"gcloud is not here to tell the unique id of {account}", false);
        if (answer.IsSuccess && GoogleAccount.IsUniqueId(answer.Output.Trim())) return new(answer.Output.Trim(), null, false);

        // Where the API is not enabled yet, as in a new project, there is no account either.
        return answer.IsMissing || answer.IsDisabled ? new(null, null, true) : new(null, $"gcloud does not tell the unique id of {account}: {answer.Problem}", false);
    }

    /// <summary>Makes it, and gives its unique id.</summary>
    /// <exception cref="EntraException">Google refuses.</exception>
    public static async Task<string> MakeAsync(EntraSession session, ConnectorSettings connector, CancellationToken cancellation)
    {
        var settings = session.Settings;
        var (name, account) = (settings.NameOf(connector), settings.ServiceAccountOf(connector));
        string[] make = ["iam", "service-accounts", "create", name, "--display-name=Psoxy function " + connector.Connector.Id, "--project", settings.Project];
        var made = await RunAsync(make, cancellation);
        if (made.IsDisabled)
        {
            var enabled = await RunAsync(["services", "enable", "iam.googleapis.com", "--project", settings.Project], cancellation);
            if (!enabled.IsSuccess) throw Refused("enable the API that makes service accounts", enabled, "roles/serviceusage.serviceUsageAdmin");
            session.Output.WriteLine("done: enable iam.googleapis.com");
            made = await PatientlyAsync(() => RunAsync(make, cancellation), answer => answer.IsDisabled, "The API that makes service accounts is not enabled everywhere yet");
        }

        // Somebody was faster, or the answer of an earlier run was lost.
        if (!made.IsSuccess && !made.IsTaken) throw Refused($"make the service account {account}", made, "roles/iam.serviceAccountCreator");
        var asked = await PatientlyAsync(() => AskAsync(settings, connector, cancellation), answer => answer.IsMissing, "Google does not know the service account everywhere yet");
        return asked.UniqueId ?? throw new EntraException($"{asked.Why ?? $"Google does not know {account} yet"}. Run 'psoxy entra apply' again.");

        async Task<T> PatientlyAsync<T>(Func<Task<T>> ask, Func<T, bool> isEarly, string why)
        {
            foreach (var seconds in PauseSeconds)
            {
                var answer = await ask();
                if (!isEarly(answer)) return answer;
                await session.Api.WaitAsync(TimeSpan.FromSeconds(seconds), why, cancellation);
            }

            return await ask();
        }

        EntraException Refused(string wanted, GcloudAnswer answer, string role) => new(
            $"cannot {wanted}: {answer.Problem} It needs {role} on {settings.Project}; or let somebody make the account, and give '--subject {connector.Connector.Id}=ID' with its unique id. Run 'psoxy entra apply' again then: what is done is not done again.");
    }

    private static async Task<GcloudAnswer> RunAsync(string[] arguments, CancellationToken cancellation) =>
        await Gcloud.RunAsync(arguments, cancellation) ?? throw new EntraException("gcloud is not here to make service accounts.");
}
