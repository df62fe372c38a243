namespace Psoxy.Emulator.Faults;

/// <summary>Where a fault strikes.</summary>
internal static class FaultKinds
{
    /// <summary>When a connection is made, before any request.</summary>
    public static bool IsOfConnections(this FaultKind kind) =>
        kind is FaultKind.Refuse or FaultKind.NoHandshake or FaultKind.UnknownAuthority or FaultKind.OtherName or FaultKind.ExpiredCertificate;

    /// <summary>In the body, of which a part may have gone out.</summary>
    public static bool IsOfBodies(this FaultKind kind) => kind is FaultKind.Hang or FaultKind.Slow or FaultKind.Dribble or FaultKind.Cut or FaultKind.Garbage or FaultKind.Oversized;
}
