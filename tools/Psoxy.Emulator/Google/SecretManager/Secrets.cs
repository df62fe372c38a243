using System.Text.Json.Nodes;
using Psoxy.Emulator.SecretManager;

namespace Psoxy.Emulator.Google.SecretManager;

/// <summary>The project's secrets. What is written here is what the gRPC server reads.</summary>
internal sealed class Secrets(CloudOptions options, SecretStore store)
{
    private readonly Dictionary<string, Secret> _secrets = new(StringComparer.Ordinal);

    public IEnumerable<Secret> All => _secrets.Values.OrderBy(secret => secret.Name, StringComparer.Ordinal);

    public Secret? Find(string id) => _secrets.GetValueOrDefault(id);

    public Secret Create(string id, JsonObject given)
    {
        if (id.Length is 0 or > 255 || !id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            throw CloudException.Invalid("The provided Secret ID [" + id + "] does not match the expected format [[a-zA-Z_0-9-]+]");
        var name = $"projects/{options.ProjectNumber}/secrets/{id}";
        if (_secrets.ContainsKey(id)) throw CloudException.AlreadyExists($"Secret [{name}] already exists.");
        return _secrets[id] = new Secret(name, given);
    }

    /// <summary>At once, and for good.</summary>
    public void Delete(Secret secret)
    {
        foreach (var version in secret.NewestFirst) Publish(version, isGone: true);
        _secrets.Remove(secret.Name.Split('/')[^1]);
    }

    /// <summary>Tells the gRPC server, by the project's number and by its id.</summary>
    public void Publish(SecretVersion version, bool isGone = false)
    {
        foreach (var name in new[] { version.Name, $"projects/{options.ProjectId}{version.Name[("projects/" + options.ProjectNumber).Length..]}" })
        {
            if (isGone) store.Remove(name);
            else store.Set(name, version.Data, version.State);
        }
    }
}
