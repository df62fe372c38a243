namespace Google.Api.Gax.Grpc;

/// <summary>Settings of a client.</summary>
public abstract class ServiceSettingsBase
{
    /// <summary>New settings.</summary>
    protected ServiceSettingsBase()
    {
    }

    /// <summary>A copy of settings.</summary>
    protected ServiceSettingsBase(ServiceSettingsBase existing)
    {
        ArgumentNullException.ThrowIfNull(existing);
        CallSettings = existing.CallSettings;
    }

    /// <summary>For every call of the client; what a method's own settings set wins.</summary>
    public CallSettings? CallSettings { get; set; }
}
