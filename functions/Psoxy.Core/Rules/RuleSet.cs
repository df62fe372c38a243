using System.Collections.Immutable;

namespace Psoxy.Core.Rules;

/// <summary>A rules file after loading: valid as a whole, resolved for one variant, and immutable.</summary>
/// <param name="Endpoints">In file order; what none of them matches is refused.</param>
/// <param name="Sha1">SHA-1 of the file's bytes as lower-case hex: the value of <c>X-Psoxy-Rules-SHA</c>.</param>
/// <param name="Text">The YAML as loaded, shown by the health check.</param>
public sealed record RuleSet(ImmutableArray<Endpoint> Endpoints, string Sha1, string Text);
