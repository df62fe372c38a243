using System.Collections.Immutable;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;

namespace Psoxy.Cli.Deployment;

/// <summary>One connector of a deployment.</summary>
/// <param name="Connector">Which.</param>
/// <param name="Flags">Flags of its rules that are on.</param>
/// <param name="RulesFile">Rules in place of its own: a path; <c>null</c> for its own.</param>
/// <param name="Rules">What that file holds.</param>
/// <param name="ClientId">Client id of its Entra application, once there is one.</param>
/// <param name="Subject">Unique id of its service account, where somebody wrote it down.</param>
/// <param name="Line">Where the file names it, from 1.</param>
internal sealed record ConnectorSettings(
    Connector Connector, ImmutableHashSet<string> Flags, string? RulesFile, ReadOnlyMemory<byte> Rules, string? ClientId, string? Subject, int Line)
{
    /// <summary>How its application proves who it is.</summary>
    public CredentialKind Credential { get; init; }

    /// <summary>Secret version of the certificate and key that its function is deployed with; <c>null</c> where there is none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The permissions that its rules in this variant have use for.</summary>
    public ImmutableArray<RequiredRole> Permissions =>
        NeededPermissions.Of(Connector, RulesLoader.Load(RulesFile is null ? Connector.RulesYaml : Rules, RulesFile ?? Connector.Id, new RulesOptions { Flags = Flags }).Rules);

    /// <summary>The flags that a connector's variants know.</summary>
    public static ImmutableSortedSet<string> FlagsOf(Connector connector) => [.. connector.Variants.SelectMany(variant => variant.Flags)];
}
