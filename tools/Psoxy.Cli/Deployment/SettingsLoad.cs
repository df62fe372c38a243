using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Cli.Deployment;

/// <summary>A <c>psoxy.yaml</c> is accepted whole or not at all.</summary>
/// <param name="Settings"><c>null</c> exactly where there are errors.</param>
/// <param name="Errors">All that are wrong, in file order.</param>
internal sealed record SettingsLoad(DeploymentSettings? Settings, ImmutableArray<RulesError> Errors);
