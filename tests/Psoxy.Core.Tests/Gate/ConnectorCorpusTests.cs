using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;

namespace Psoxy.Core.Tests.Gate;

/// <summary>
/// Requests to one connector, as honest clients and as attackers write them: <c>Corpus/&lt;id&gt;.txt</c>, a row each. It begins with the variant; then comes the endpoint
/// that answers, or the reason of the refusal.
/// </summary>
public sealed class ConnectorCorpusTests
{
    private static readonly Dictionary<(string Connector, string Variant), RequestGate> Gates = (
        from connector in ConnectorCatalog.All
        from variant in connector.Variants
        select (Key: (connector.Id, variant.Name), Gate: new RequestGate(TestRules.Connector(connector.Id, [.. variant.Flags])))).ToDictionary(each => each.Key, each => each.Gate);

    private static IEnumerable<TestCaseData> Rows() =>
        from connector in ConnectorCatalog.All
        let file = Path.Combine(TestContext.CurrentContext.TestDirectory, "Gate", "Corpus", connector.Id + ".txt")
        where File.Exists(file)
        from line in File.ReadLines(file)
        where line.Length > 0 && line[0] != '#'
        let parts = line.Split(' ', 4)
        let target = parts[3].Replace("{id}", RequestGateTests.Id, StringComparison.Ordinal).Replace("{p}", RequestGateTests.Token, StringComparison.Ordinal)
        select new TestCaseData(connector.Id, parts[0], parts[1], parts[2], target);

    [TestCaseSource(nameof(Rows))]
    public void A_request_meets_its_endpoint_or_its_reason(string connector, string variant, string expected, string method, string target)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var gate = Gates[(connector, variant)];
        if (expected[0] == '/') RequestGateTests.AssertAllows(gate, expected, method, target);
        else RequestGateTests.AssertRefuses(gate, expected, method, target);
    }
}
