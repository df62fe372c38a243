namespace Psoxy.Emulator.Faults;

/// <summary>The fault switches of all dependencies.</summary>
public sealed class FaultBoard
{
    /// <summary>Google's metadata server.</summary>
    public FaultSwitch Metadata { get; } = new();

    /// <summary>Entra's token endpoint.</summary>
    public FaultSwitch Entra { get; } = new();

    /// <summary>Microsoft Graph.</summary>
    public FaultSwitch Graph { get; } = new();

    /// <summary>Secret Manager.</summary>
    public FaultSwitch SecretManager { get; } = new();

    /// <summary>All is well again.</summary>
    public void Clear()
    {
        foreach (var one in (FaultSwitch[])[Metadata, Entra, Graph, SecretManager]) one.Clear();
    }
}
