using System.Collections.Concurrent;

namespace Psoxy.Emulator.SecretManager;

/// <summary>Secret versions by resource name.</summary>
public sealed class SecretStore
{
    private readonly ConcurrentDictionary<string, (byte[] Data, SecretState State)> _versions = new(StringComparer.Ordinal);

    /// <summary>Adds or changes a version.</summary>
    /// <param name="name"><c>projects/…/secrets/…/versions/N</c>.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="state">Whether it can be read.</param>
    public void Set(string name, byte[] data, SecretState state = SecretState.Enabled) => _versions[name] = (data, state);

    internal void Remove(string name) => _versions.TryRemove(name, out _);

    internal bool TryGet(string name, out (byte[] Data, SecretState State) version) => _versions.TryGetValue(name, out version);
}

/// <summary>State of a secret's version.</summary>
public enum SecretState
{
    /// <summary>Can be read.</summary>
    Enabled = 0,

    /// <summary>Cannot be read for now.</summary>
    Disabled,

    /// <summary>Is gone.</summary>
    Destroyed,
}
