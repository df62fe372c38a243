using Psoxy.Cli.Entra;

namespace Psoxy.Cli.Doctor.Facts;

/// <summary>What the tenant has under a connector's client id.</summary>
internal sealed record Registration
{
    /// <summary>The application of that client id; <c>null</c> where there is none.</summary>
    public TenantApplication? Application { get; init; }

    /// <summary>What that id is the object id of, where it is one: <c>the application</c> or <c>its enterprise application</c>.</summary>
    public string? MistakenFor { get; init; }

    /// <summary>The client id that it should be, then.</summary>
    public string? RightClientId { get; init; }

    /// <summary>Permissions needed and not granted.</summary>
    public IReadOnlyList<string> MissingGrants { get; init; } = [];

    /// <summary>Granted and not needed.</summary>
    public IReadOnlyList<string> ExcessGrants { get; init; } = [];
}
