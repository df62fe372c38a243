namespace Psoxy.Gcp.Caller;

/// <summary>Whether a health check is asked for, and how far it goes.</summary>
internal enum HealthDepth
{
    /// <summary>None is asked for.</summary>
    None = 0,

    /// <summary>Configuration, secrets, identity, Entra.</summary>
    Shallow,

    /// <summary>Also requests to Graph.</summary>
    Deep,
}
