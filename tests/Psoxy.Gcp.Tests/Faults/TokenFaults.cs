using Psoxy.Emulator.Faults;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>What a caller is told while a dependency, from which secrets or tokens come, misbehaves.</summary>
internal static class TokenFaults
{
    public const string Unreachable = "503 CONNECTION_TO_SOURCE";
    public const string Setup = "500 CONNECTION_SETUP";
    public const string Configuration = "500 CONFIGURATION_FAILURE";

    /// <summary>Those of connections, which plain HTTP does not have.</summary>
    public static readonly FaultKind[] Certificates = [FaultKind.UnknownAuthority, FaultKind.OtherName, FaultKind.ExpiredCertificate];

    // What is not said here is Unreachable.
    private static readonly Dictionary<(string Dependency, FaultKind Fault), string> Others = new()
    {
        [("metadata", FaultKind.Slow)] = "200",
        [("metadata", FaultKind.WrongDate)] = "200",
        [("metadata", FaultKind.ExpiredToken)] = Setup,
        [("Entra", FaultKind.Slow)] = "200",
        [("Entra", FaultKind.WrongDate)] = "200",
        [("Entra", FaultKind.Redirect)] = Setup,
        [("Entra", FaultKind.Unauthorized)] = Setup,
        [("Entra", FaultKind.Forbidden)] = Setup,
        [("Entra", FaultKind.NotFound)] = Setup,
        [("Entra", FaultKind.ExpiredToken)] = "401 API_ERROR",
        [("Secret Manager", FaultKind.Slow)] = "200",
        [("Secret Manager", FaultKind.WrongDate)] = "200",
        [("Secret Manager", FaultKind.Unauthorized)] = Configuration,
        [("Secret Manager", FaultKind.Forbidden)] = Configuration,
    };

    /// <summary>Each fault of a dependency that it can have, and the outcome.</summary>
    public static IEnumerable<TestCaseData> Of(params string[] dependencies) =>
        from dependency in dependencies
        from fault in Enum.GetValues<FaultKind>()
        where fault != FaultKind.None && !(dependency == "metadata" && Certificates.Contains(fault))
        select new TestCaseData(dependency, fault, Others.GetValueOrDefault((dependency, fault), Unreachable));
}
