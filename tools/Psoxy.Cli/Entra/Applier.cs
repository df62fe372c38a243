using System.Text.Json.Nodes;

namespace Psoxy.Cli.Entra;

/// <summary>Does what a plan says. Each step may have been done already, by a run that broke off: then it is left at that.</summary>
internal sealed class Applier(GraphApi api, TenantReader reader, Action<string> done)
{
    /// <summary>Does the steps, in their order.</summary>
    /// <param name="wanted">What should be.</param>
    /// <param name="actual">What is; <c>null</c> where there is no application.</param>
    /// <param name="findings">The plan.</param>
    /// <param name="made">Is told the application's ids as soon as there are any.</param>
    /// <param name="cancellation">Ends it between requests.</param>
    /// <exception cref="EntraException">A step is refused; those before it are done.</exception>
    public async Task RunAsync(WantedApplication wanted, TenantApplication? actual, IReadOnlyList<Finding> findings, Action<string> made, CancellationToken cancellation)
    {
        var (objectId, clientId) = actual is null ? await CreateApplicationAsync(wanted, cancellation) : (actual.ObjectId, actual.ClientId);
        made(clientId);
        var target = new Target(wanted, objectId, clientId);
        await SetPropertiesAsync(target, findings, cancellation);
        foreach (var finding in findings)
        {
            var isDone = finding.Step switch
            {
                Step.CreatePrincipal => await CreatePrincipalAsync(target, cancellation),
                Step.AddOwner owner => await AddOwnerAsync(target, owner.Id, cancellation),
                Step.CreateCredential => await CreateCredentialAsync(target, cancellation),
                Step.ChangeCredential credential => await MustAsync(target, "set the federated credential", () => api.PatchAsync($"{target.Path}/federatedIdentityCredentials/{credential.Id}", wanted.Credential(), cancellation), cancellation),
                Step.RemoveCredential credential => await MustAsync(target, "remove a federated credential", () => api.DeleteAsync($"{target.Path}/federatedIdentityCredentials/{credential.Id}", cancellation), cancellation),
                Step.RemoveSecret secret => await MustAsync(target, "remove a client secret", () => api.PostAsync($"{target.Path}/removePassword", new JsonObject { ["keyId"] = secret.KeyId }, cancellation), cancellation),
                _ => false,
            };
            if (isDone) done(finding.Text);
        }
    }

    // By its unique name: made if there is none, whatever a replica says that does not know it yet. So it is never made twice.
    private async Task<(string ObjectId, string ClientId)> CreateApplicationAsync(WantedApplication wanted, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["displayName"] = wanted.DisplayName,
            ["signInAudience"] = WantedApplication.Audience,
            ["tags"] = new JsonArray([.. wanted.Tags.Select(tag => (JsonNode)tag)]),
            ["requiredResourceAccess"] = wanted.RequiredResourceAccess(),
        };
        var path = $"/applications(uniqueName='{wanted.UniqueName}')";
        var answer = await api.PatchAsync(path, body, cancellation, "create-if-missing");
        if (!answer.IsSuccess) throw GraphRefusal.Of(answer, $"make the application '{wanted.DisplayName}'");
        done($"make the application '{wanted.DisplayName}'");
        if (answer.Body is null) answer = await Eventually.AskAsync(api, () => api.GetAsync(path + "?$select=id,appId", cancellation), found => found.IsMissing, "the application", cancellation);
        return answer is { IsSuccess: true, Body: { } application } ? ((string)application["id"]!, (string)application["appId"]!) : throw GraphRefusal.Of(answer, $"find the application '{wanted.DisplayName}'");
    }

    private async Task SetPropertiesAsync(Target target, IReadOnlyList<Finding> findings, CancellationToken cancellation)
    {
        var changes = new JsonObject();
        var texts = new List<string>();
        foreach (var finding in findings)
        {
            if (finding.Step is not Step.SetProperty property) continue;
            changes[property.Name] = property.Value.DeepClone();
            texts.Add(finding.Text);
        }

        if (changes.Count == 0) return;
        await MustAsync(target, "change the application", () => api.PatchAsync(target.Path, changes, cancellation), cancellation);
        texts.ForEach(done);
    }

    private async Task<bool> CreatePrincipalAsync(Target target, CancellationToken cancellation)
    {
        var answer = await Eventually.AskAsync(
            api,
            () => api.PostAsync("/servicePrincipals", new JsonObject { ["appId"] = target.ClientId }, cancellation),
            found => found.IsMissing || (found.Status == 400 && found.Message.Contains("does not reference a valid application", StringComparison.Ordinal)),
            "the application",
            cancellation);
        return answer.IsSuccess || IsThere(answer) ? true : throw GraphRefusal.Of(answer, "make the service principal");
    }

    private async Task<bool> AddOwnerAsync(Target target, string owner, CancellationToken cancellation)
    {
        var answer = await EarlyAsync(() => api.PostAsync($"{target.Path}/owners/$ref", new JsonObject { ["@odata.id"] = $"{api.Root}/directoryObjects/{owner}" }, cancellation), cancellation);
        if (answer.IsSuccess || (answer.Status is 400 or 409 && (await reader.OwnersAsync(target.ObjectId, cancellation)).Contains(owner, StringComparer.OrdinalIgnoreCase))) return true;
        throw GraphRefusal.Of(answer, $"add the owner {owner}");
    }

    private async Task<bool> CreateCredentialAsync(Target target, CancellationToken cancellation)
    {
        var body = target.Wanted.Credential();
        body["name"] = target.Wanted.UniqueName;
        var answer = await EarlyAsync(() => api.PostAsync($"{target.Path}/federatedIdentityCredentials", body, cancellation), cancellation);
        return answer.IsSuccess || IsThere(answer) ? true : throw GraphRefusal.Of(answer, "make the federated credential");
    }

    private async Task<bool> MustAsync(Target target, string wanted, Func<Task<GraphAnswer>> send, CancellationToken cancellation)
    {
        var answer = await EarlyAsync(send, cancellation);
        return answer.IsSuccess ? true : throw GraphRefusal.Of(answer, $"{wanted} (client id {target.ClientId})");
    }

    private Task<GraphAnswer> EarlyAsync(Func<Task<GraphAnswer>> send, CancellationToken cancellation) => Eventually.AskAsync(api, send, answer => answer.IsMissing, "the application", cancellation);

    private static bool IsThere(GraphAnswer answer) => answer.Status == 409 || answer.Code == "Request_MultipleObjectsWithSameKeyValue";

    private sealed record Target(WantedApplication Wanted, string ObjectId, string ClientId)
    {
        public string Path => $"/applications/{ObjectId}";
    }
}
