using System.Globalization;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Calls;
using Psoxy.Emulator.SecretManager;

namespace Psoxy.Emulator.Google.SecretManager;

/// <summary>Secret Manager over REST, as gcloud uses it.</summary>
internal sealed class SecretsRoom(GoogleCloud cloud)
{
    private const string All = "/v1/projects/{project}/secrets";
    private const string One = All + "/{secret}";
    private const string Versions = One + "/versions";
    private const string Version = Versions + "/{version}";
    private const int MaxBytes = 64 * 1024;

    public void Map(CloudRoutes routes)
    {
        routes.Get(All, call =>
        {
            call.Demand("secretmanager.secrets.list");
            return new JsonObject { ["secrets"] = new JsonArray([.. cloud.Secrets.All.Select(secret => secret.Show())]), ["totalSize"] = cloud.Secrets.All.Count() };
        });
        routes.Post(All, call =>
        {
            call.Demand("secretmanager.secrets.create");
            return cloud.Secrets.Create(call.Query("secretId"), call.Body).Show();
        });
        routes.Get(One, call => Find(call, "secrets.get").Show());
        routes.Delete(One, call =>
        {
            cloud.Secrets.Delete(Find(call, "secrets.delete"));
            return new JsonObject();
        });
        routes.Get(One + ":getIamPolicy", call => Find(call, "secrets.getIamPolicy").Policy.Show());
        routes.Post(One + ":setIamPolicy", call => Find(call, "secrets.setIamPolicy").Policy.Replace(call.Body, cloud.Roles, cloud.Accounts));
        routes.Post(One + ":addVersion", Add);
        routes.Get(Versions, call => new JsonObject { ["versions"] = new JsonArray([.. Find(call, "versions.list").NewestFirst.Select(version => version.Show())]) });
        routes.Get(Version, call => Find(call, "versions.get").GetVersion(call["version"]).Show());
        routes.Get(Version + ":access", Access);
        routes.Post(Version + ":enable", call => Change(call, "enable", SecretState.Enabled));
        routes.Post(Version + ":disable", call => Change(call, "disable", SecretState.Disabled));
        routes.Post(Version + ":destroy", call => Change(call, "destroy", SecretState.Destroyed));
    }

    private JsonObject Add(CloudCall call)
    {
        var secret = Find(call, "versions.add");
        byte[] data;
        try
        {
            // gcloud spells base64 as in URLs.
            data = Convert.FromBase64String(((string?)call.Body["payload"]?["data"] ?? "").Replace('-', '+').Replace('_', '/'));
        }
        catch (FormatException)
        {
            throw CloudException.Invalid("Invalid value at 'payload.data' (TYPE_BYTES), Base64 decoding failed.");
        }

        if (data.Length is 0 or > MaxBytes) throw CloudException.Invalid("The secret payload must have 1 to 65536 bytes.");
        if ((string?)call.Body["payload"]?["dataCrc32c"] is { } crc && crc != Checksum(data)) throw CloudException.Invalid("The provided CRC32C checksum does not match the payload.");
        var version = secret.Add(data);
        cloud.Secrets.Publish(version);
        return version.Show();
    }

    private JsonObject Access(CloudCall call)
    {
        var version = Find(call, "versions.access").GetVersion(call["version"]);
        var data = version.Access();
        return new() { ["name"] = version.Name, ["payload"] = new JsonObject { ["data"] = Convert.ToBase64String(data), ["dataCrc32c"] = Checksum(data) } };
    }

    private JsonObject Change(CloudCall call, string verb, SecretState state)
    {
        var version = Find(call, "versions." + verb).GetVersion(call["version"]);
        version.Change(state);
        cloud.Secrets.Publish(version);
        return version.Show();
    }

    // Who may not is told the same whether it exists or not.
    private Secret Find(CloudCall call, string permission)
    {
        var secret = cloud.Secrets.Find(call["secret"]);
        call.Demand("secretmanager." + permission, $"projects/{cloud.Options.ProjectId}/secrets/{call["secret"]}", secret?.Policy);
        return secret ?? throw CloudException.NotFound($"Secret [projects/{cloud.Options.ProjectNumber}/secrets/{call["secret"]}] not found.");
    }

    private static string Checksum(byte[] data) => SecretManagerEmulation.Crc32C(data).ToString(CultureInfo.InvariantCulture);
}
