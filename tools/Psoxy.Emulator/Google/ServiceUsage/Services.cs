namespace Psoxy.Emulator.Google.ServiceUsage;

/// <summary>Which APIs are enabled in the project.</summary>
internal sealed class Services(CloudOptions options)
{
    // What is there to be enabled, and for how many calls it is still not.
    private readonly Dictionary<string, int> _enabled = options.EnabledServices.ToDictionary(service => service, _ => 0, StringComparer.Ordinal);

    public IEnumerable<string> Enabled => _enabled.Keys.Order(StringComparer.Ordinal);

    public bool IsEnabled(string service) => _enabled.ContainsKey(service);

    /// <summary>Whether a call of it succeeds now.</summary>
    public bool IsUsable(string service)
    {
        if (!_enabled.TryGetValue(service, out var delay)) return false;
        if (delay > 0) _enabled[service] = delay - 1;
        return delay == 0;
    }

    public void Enable(string service) => _enabled.TryAdd(service, options.EnableDelay);

    public void Disable(string service) => _enabled.Remove(service);
}
