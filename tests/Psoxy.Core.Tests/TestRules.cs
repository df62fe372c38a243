using System.Text;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests;

/// <summary>Rules for tests, from YAML as an author writes it.</summary>
internal static class TestRules
{
    public static RuleSet Load(string yaml)
    {
        var load = RulesLoader.Load(Encoding.UTF8.GetBytes(yaml), "test.yaml");
        Assert.That(load.Errors.Select(error => error.ToString()), Is.Empty);
        return load.Rules!;
    }

    public static RuleSet Connector(string id, params string[] flags) =>
        RulesLoader.Load(ConnectorCatalog.Find(id)!.RulesYaml, id, new RulesOptions { Flags = [.. flags] }).Rules!;

    /// <summary>One endpoint with the given rest of its YAML, indented by four.</summary>
    public static Endpoint Endpoint(string rest) => Load("endpoints:\n  - pathTemplate: /x\n" + string.Join('\n', rest.Trim('\n').Split('\n').Select(line => "    " + line))).Endpoints[0];
}
