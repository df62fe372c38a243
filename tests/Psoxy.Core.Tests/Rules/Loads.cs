using System.Text;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Rules;

/// <summary>Loads rules from text for the tests of this folder.</summary>
internal static class Loads
{
    public static RulesLoad Load(string yaml, params string[] flags) =>
        RulesLoader.Load(Encoding.UTF8.GetBytes(yaml), "rules.yaml", new RulesOptions { Flags = [.. flags] });

    public static RuleSet Rules(string yaml, params string[] flags)
    {
        var load = Load(yaml, flags);
        Assert.That(load.Errors.Select(error => error.ToString()), Is.Empty);
        return load.Rules!;
    }

    /// <summary>The one endpoint of a file; <paramref name="rest"/> stands below its <c>pathTemplate</c>, indented by two.</summary>
    public static Endpoint Endpoint(string rest, params string[] flags) => Rules($"endpoints:\n- pathTemplate: /a\n{Indent(rest)}\n", flags).Endpoints.Single();

    public static string[] Errors(string yaml, params string[] flags)
    {
        var load = Load(yaml, flags);
        Assert.That(load.Rules is null, Is.EqualTo(!load.Errors.IsEmpty), "rules exactly where there are no errors");
        return [.. load.Errors.Select(error => error.ToString())];
    }

    public static string[] EndpointErrors(string rest, params string[] flags) => Errors($"endpoints:\n- pathTemplate: /a\n{Indent(rest)}\n", flags);

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Select(line => "  " + line));
}
