using System.CommandLine;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra;

/// <summary>What every one of these commands works with: the deployment, Graph, and what Graph knows.</summary>
internal sealed class EntraSession : IDisposable
{
    private EntraSession(string file, DeploymentSettings settings, GraphApi api, GraphPermissions permissions, EntraContext context, InvocationConfiguration io)
    {
        (File, Settings, Api, Permissions, Context, Output, Error) = (file, settings, api, permissions, context, io.Output, io.Error);
        Reader = new TenantReader(api);
    }

    /// <summary>Path of psoxy.yaml.</summary>
    public string File { get; }

    public DeploymentSettings Settings { get; }

    public GraphApi Api { get; }

    public GraphPermissions Permissions { get; }

    public TenantReader Reader { get; }

    public EntraContext Context { get; }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Signs in and asks Graph for its permissions.</summary>
    /// <exception cref="EntraException">Nobody is signed in, or Graph refuses.</exception>
    public static async Task<EntraSession> OpenAsync(EntraContext context, string file, DeploymentSettings settings, string auth, InvocationConfiguration io, CancellationToken cancellation)
    {
        var credential = context.Credential ?? SignIn.Create(auth, settings, context.Environment, io.Error.WriteLine, context.Confirm is not null);
        var host = context.Environment("TARGET_HOST") is { Length: > 0 } other ? other : settings.Cloud.GraphHost;
        var api = new GraphApi(host, $"https://{settings.Cloud.GraphHost}/.default", settings.Tenant, credential, context, text => io.Error.WriteLine("  " + text));
        try
        {
            return new(file, settings, api, await GraphPermissions.ReadAsync(api, cancellation), context, io);
        }
        catch
        {
            api.Dispose();
            throw;
        }
    }

    /// <summary>The connector's application, or <c>null</c> where there is none yet.</summary>
    /// <exception cref="EntraException">psoxy.yaml names one that is not there.</exception>
    public async Task<TenantApplication?> FindAsync(ConnectorSettings connector, CancellationToken cancellation)
    {
        if (connector.ClientId is not { } clientId) return await Reader.ByUniqueNameAsync(Settings.UniqueNameOf(connector), cancellation);
        if (await Reader.ByClientIdAsync(clientId, cancellation) is { } application) return application;
        var hint = await Reader.ByObjectIdAsync(clientId, cancellation) is { } mistaken
            ? $"It is the object id of '{mistaken.DisplayName}', whose application (client) id is {mistaken.ClientId}: write that."
            : "If it was made just now, run the command again in a minute. Else take the line out to have a new application made, or check 'tenant'.";
        throw new EntraException($"there is no application with the clientId that {File} gives for {connector.Connector.Id}, {clientId}. {hint}");
    }

    /// <summary>Owners as object ids.</summary>
    /// <exception cref="EntraException">There is no such person.</exception>
    public async Task<IReadOnlyList<string>> OwnersAsync(CancellationToken cancellation)
    {
        var owners = new List<string>();
        foreach (var owner in Settings.Owners)
        {
            if (Guid.TryParse(owner, out _))
            {
                owners.Add(owner.ToLowerInvariant());
                continue;
            }

            var answer = await Api.GetAsync($"/users/{Uri.EscapeDataString(owner)}?$select=id", cancellation);
            owners.Add(answer is { IsSuccess: true, Body: { } person }
                ? (string)person["id"]!
                : answer.IsMissing ? throw new EntraException($"there is no person '{owner}' in the tenant: 'owners' takes object ids or user principal names.") : throw GraphRefusal.Of(answer, $"find the owner '{owner}'; an object id needs no look-up"));
        }

        return [.. owners.Distinct()];
    }

    public void Dispose() => Api.Dispose();
}
