using System.Collections.Immutable;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Laws;

/// <summary>One endpoint of a connector in one of its variants, with its example. A connector that is added is a few of these more, and every law holds for it.</summary>
/// <param name="Connector">The data source.</param>
/// <param name="Variant">Which flags are on.</param>
/// <param name="Rules">Its rules, loaded with those flags.</param>
/// <param name="Declared">What <c>connector.yaml</c> says of the endpoint.</param>
/// <param name="Endpoint">What <c>rules.yaml</c> says of it.</param>
public sealed record ConnectorCase(Connector Connector, ConnectorVariant Variant, RuleSet Rules, ConnectorEndpoint Declared, Endpoint Endpoint)
{
    /// <summary>All cases of all connectors, as NUnit takes them.</summary>
    public static IEnumerable<TestCaseData> All => Cases.Value.Select(each => new TestCaseData(each).SetArgDisplayNames(each.ToString()));

    /// <summary>All cases of all connectors.</summary>
    public static Lazy<ImmutableArray<ConnectorCase>> Cases { get; } = new(() =>
    [
        .. from connector in TestConnectors.All
           from variant in connector.Variants
           let rules = RulesLoader.Load(connector.RulesYaml, connector.Id, new RulesOptions { Flags = variant.Flags }).Rules!
           from endpoint in rules.Endpoints
           select new ConnectorCase(connector, variant, rules, connector.Endpoints.Single(declared => declared.Path == endpoint.Name), endpoint),
    ]);

    /// <summary>What Graph answers, as the connector's folder has it.</summary>
    public string OriginalFile => Path.Combine(TestConnectors.FolderOf(Connector.Id), "examples", "original", Declared.Example + ".json");

    /// <summary>What leaves of it, as the connector's folder has it.</summary>
    public string SanitizedFile => Path.Combine(TestConnectors.FolderOf(Connector.Id), "examples", "sanitized", Variant.Name, Declared.Example + ".json");

    /// <summary>What Graph answers.</summary>
    public byte[] Original => File.ReadAllBytes(OriginalFile);

    /// <summary>The gate's word on the declared request. Where the variant takes only pseudonyms for ids, the request has them.</summary>
    public Decision Decide()
    {
        var gate = new RequestGate(Rules);
        var target = Declared.Request;
        var template = Endpoint.Name.Split('/');
        while (true)
        {
            var decision = Ask(gate, target);
            var segments = target.Split('?')[0].Split('/');
            var at = decision.Reason == GateReason.PathParameterNotAllowed ? Array.IndexOf(template, "{" + decision.Detail + "}") : -1;
            if (at < 0 || segments[at].StartsWith("p~", StringComparison.Ordinal)) return decision;
            segments[at] = Sanitizing.Pseudonymizer.Tokenize(Uri.UnescapeDataString(segments[at]));
            target = string.Join('/', segments) + (target.Contains('?', StringComparison.Ordinal) ? target[target.IndexOf('?', StringComparison.Ordinal)..] : "");
        }
    }

    /// <summary>What leaves of a response of this endpoint.</summary>
    public string Sanitize(ReadOnlySpan<byte> response)
    {
        var (status, output, _) = Sanitizing.Run(Endpoint, response);
        Assert.That(status, Is.EqualTo(SanitizeStatus.Complete));
        return output;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Connector.Id}, {Variant.Name}, {Declared.Example}";

    private static Decision Ask(RequestGate gate, string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return gate.Decide("GET", query < 0 ? target : target[..query], query < 0 ? "" : target[(query + 1)..]);
    }
}
