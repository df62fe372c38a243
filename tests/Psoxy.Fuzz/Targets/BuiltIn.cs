using System.Collections.Immutable;
using System.Text;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;

namespace Psoxy.Fuzz.Targets;

/// <summary>The built-in connectors' rules, in the variants that differ most.</summary>
internal static class BuiltIn
{
    private static readonly ImmutableArray<ImmutableHashSet<string>> Variants = [[], ["pseudonymizeAppIds"], RulesOptions.KnownFlags];

    public static readonly ImmutableArray<(string Id, RuleSet Rules)> RuleSets =
    [
        .. from connector in ConnectorCatalog.All
           from flags in Variants
           select (connector.Id, RulesLoader.Load(connector.RulesYaml, connector.Id, new RulesOptions { Flags = flags }).Rules!),
    ];

    /// <summary>A path that an endpoint's template or, roughly, regex takes.</summary>
    public static string Path(Random random, Endpoint endpoint)
    {
        if (endpoint.Path is not PathTemplate template) return "/v1.0/users/" + Id(random);
        var path = new StringBuilder();
        foreach (var segment in template.Segments)
        {
            path.Append('/');
            foreach (var part in segment.Parts) path.Append(part is TemplateLiteral literal ? literal.Text : Id(random));
        }

        return path.ToString();
    }

    private static string Id(Random random) => random.Next(6) switch
    {
        0 => "alice@contoso.com",
        1 => FuzzKey.Pseudonymizer.Tokenize("alice@contoso.com"),
        2 => "AAMkAGI2TG93AAA=",
        3 => "2026-11-24T00:00:00Z",
        _ => "48d31887-5fad-4d73-a9f5-3c356e68a038",
    };
}
