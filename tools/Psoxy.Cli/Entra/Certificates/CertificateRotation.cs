using System.Text.Json.Nodes;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra.Certificates;

/// <summary>
/// Makes certificates, and takes old ones away. The key is stored first, then Entra learns the certificate, then psoxy.yaml names it; so a run that breaks off leaves at
/// most a key that opens nothing.
/// </summary>
internal sealed class CertificateRotation(EntraSession session, ConnectorSettings connector, CertificateSecret secret)
{
    private static readonly int[] CheckSeconds = [1, 2, 4, 8, 15, 30, 30];

    private string Connector => connector.Connector.Id;

    public async Task<CertificateState> ReadAsync(CancellationToken cancellation)
    {
        var application = await session.FindAsync(connector, cancellation) ?? throw new EntraException($"{Connector} has no application yet: 'psoxy entra apply' makes it.");
        return new(application, new WantedCertificate(secret.Id, connector.Certificate), await secret.ListAsync(cancellation), session.Context.Time.GetUtcNow());
    }

    /// <summary>A new key pair, stored and registered beside what there is.</summary>
    public async Task MakeAsync(int days, CancellationToken cancellation)
    {
        var state = await ReadAsync(cancellation);
        using var pair = KeyPair.Make(session.Settings.UniqueNameOf(connector), days, state.Now);
        var version = await pair.StoreAsync(pem => secret.AddAsync(pem, cancellation));
        session.Output.WriteLine($"done: certificate and key are stored as {secret.NameOf(version)}");
        var name = state.Wanted.NameOf(version);
        var entry = new JsonObject { ["type"] = "AsymmetricX509Cert", ["usage"] = "Verify", ["key"] = Convert.ToBase64String(pair.Certificate), ["displayName"] = name };
        var answer = await ReplaceAsync(state.Application.ObjectId, [.. Kept(state), entry], cancellation);
        if (!answer.IsSuccess) throw await RefusedAsync(answer, version, days, cancellation);
        await CheckAsync(state.Application.ClientId, certificates => certificates.Any(certificate => certificate.DisplayName == name), cancellation);
        session.Output.WriteLine($"done: Entra knows the certificate {pair.Thumbprint}, good until {pair.NotAfter.UtcDateTime:yyyy-MM-dd}");
        Name(version);
    }

    /// <summary>Writes the version into psoxy.yaml.</summary>
    public void Name(int version)
    {
        session.Output.WriteLine(SettingsEdit.SetCertificate(session.File, Connector, secret.NameOf(version))
            ? $"done: {secret.NameOf(version)} is written into {session.File}"
            : $"Write 'certificate: {secret.NameOf(version)}' below {Connector} in {session.File}.");
        session.Output.WriteLine($"Next: './deploy.sh apply --connector {Connector}' lets the function sign in with it; after that 'psoxy entra certificate retire --connector {Connector}' takes older ones away.");
    }

    /// <summary>Takes all others than the one in use away: from Entra first, so that no key that is gone is still waited for.</summary>
    public async Task RetireAsync(IReadOnlyList<(int Version, TenantCertificate Certificate)> certificates, IReadOnlyList<int> versions, CancellationToken cancellation)
    {
        if (certificates.Count > 0)
        {
            var state = await ReadAsync(cancellation);
            var gone = certificates.Select(pair => pair.Certificate.KeyId).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var answer = await ReplaceAsync(state.Application.ObjectId, [.. Kept(state, gone)], cancellation);
            if (!answer.IsSuccess) throw GraphRefusal.Of(answer, "take certificates away");
            await CheckAsync(state.Application.ClientId, left => !left.Any(certificate => gone.Contains(certificate.KeyId)), cancellation);
            foreach (var (_, certificate) in certificates) session.Output.WriteLine($"done: Entra no longer accepts {certificate.DisplayName}");
        }

        foreach (var version in versions)
        {
            await secret.DestroyAsync(version, cancellation);
            session.Output.WriteLine($"done: {secret.NameOf(version)} is destroyed");
        }
    }

    // Entra takes back none that has expired.
    private static IEnumerable<JsonNode> Kept(CertificateState state, HashSet<string>? gone = null) =>
        state.Application.Certificates.Where(certificate => !certificate.IsExpired(state.Now) && gone?.Contains(certificate.KeyId) != true).Select(certificate => certificate.Entry.DeepClone());

    // All at once: the list replaces the one that is there.
    private Task<GraphAnswer> ReplaceAsync(string objectId, JsonArray keys, CancellationToken cancellation) => Eventually.AskAsync(
        session.Api, () => session.Api.PatchAsync($"/applications/{objectId}", new JsonObject { ["keyCredentials"] = keys.DeepClone() }, cancellation), answer => answer.IsMissing, "the application", cancellation);

    private async Task CheckAsync(string clientId, Func<IReadOnlyList<TenantCertificate>, bool> isThere, CancellationToken cancellation)
    {
        foreach (var seconds in CheckSeconds)
        {
            if (await session.Reader.ByClientIdAsync(clientId, cancellation) is { } application && isThere(application.Certificates)) return;
            await session.Api.WaitAsync(TimeSpan.FromSeconds(seconds), "Entra does not show it yet", cancellation);
        }

        throw new EntraException($"Entra took the change of {Connector}'s certificates and does not show it yet: run the command again in some minutes, it goes on from there.");
    }

    // What is refused for certain leaves a key that nobody needs; where that is not certain it stays, and the next run finds out.
    private async Task<EntraException> RefusedAsync(GraphAnswer answer, int version, int days, CancellationToken cancellation)
    {
        if (answer.Status is >= 400 and < 500)
        {
            await secret.DestroyAsync(version, cancellation);
            session.Output.WriteLine($"done: {secret.NameOf(version)} is destroyed, since Entra does not take its certificate");
        }

        return answer.Code == "KeyCredentialsInvalidEndDate"
            ? new EntraException($"Entra does not take a certificate for {days} days (KeyCredentialsInvalidEndDate): a policy of the tenant allows less; give --days.")
            : GraphRefusal.Of(answer, "register the certificate");
    }
}
