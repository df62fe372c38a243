using System.Collections.Immutable;

namespace Psoxy.Core.Rules;

/// <summary>A rules file is accepted whole or not at all.</summary>
/// <param name="Rules"><c>null</c> exactly where there are errors.</param>
/// <param name="Errors">All that are wrong, in file order.</param>
public sealed record RulesLoad(RuleSet? Rules, ImmutableArray<RulesError> Errors);
