using System.Text;
using Psoxy.Core.Gate;
using Psoxy.Core.Gate.OData;
using Psoxy.Core.Rules;
using Psoxy.Fuzz.Engine;

namespace Psoxy.Fuzz.Targets;

/// <summary>Texts of OData options. An input is the endpoint, the option and the text, one a line.</summary>
internal sealed class ODataTarget : FuzzTarget
{
    private const int BytesAtMost = 1 << 18;
    private const int BytesPerCharacter = 1 << 13;
    private static readonly string[] Names = ["$filter", "$select", "$orderby", "$expand", "$search"];

    private readonly (string Name, Endpoint Endpoint, ODataWords Words)[] _endpoints =
    [
        .. BuiltIn.RuleSets.SelectMany(pair => pair.Rules.Endpoints.Select(endpoint => (Name: $"{pair.Id} {endpoint.Name}", endpoint)))
            .DistinctBy(pair => pair.Name).Select(pair => (pair.Name, pair.endpoint, new ODataWords(pair.endpoint))),
    ];

    private readonly string[] _properties;

    public ODataTarget()
    {
        _properties = [.. _endpoints.SelectMany(pair => pair.Words.Names).Concat(["subject", "body", "bodyPreview", "displayName", "from", "emailAddress",
            "address"]).Distinct().Where(name => !name.Contains('@', StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Words =
        [
            .. _properties.Select(Encoding.UTF8.GetBytes),
            .. Texts.Words(
                " ", "(", ")", "'", "''", "\"", ",", ";", "/", ":", "=", "$", "@", ".", "*", "\t", "%20", " eq ", " ne ", " gt ", " or ", " and ", "not ", "not(",
                " in (", "startswith(", "contains(", "/any(", "/all(", "any(x:x/", "x:", "asc", " desc", "true", "null", "'p~",
                "($select=", "($filter=", "($expand=", ";$orderby=", "2026-01-01T00:00:00Z", "48d31887-5fad-4d73-a9f5-3c356e68a038", "microsoft.graph.user/", "$it/",
                "$count", "AND ", "OR ", "\"subject:", "\u00e9", "((((((((", "1"),
            Encoding.UTF8.GetBytes($"'{FuzzKey.Pseudonymizer.Tokenize("alice@contoso.com")}'"),
        ];
    }

    public override string Name => "odata";

    public override IReadOnlyList<byte[]> Words { get; }

    public override byte[] Generate(Random random)
    {
        var option = Names[random.Next(Names.Length)];
        return Encoding.UTF8.GetBytes($"{_endpoints[random.Next(_endpoints.Length)].Name}\n{option}\n{new ODataText(random, _properties).Of(option)}");
    }

    public override byte[] Mutate(Mutator mutator, byte[] input, byte[] other)
    {
        var (one, two) = (Read(input), Read(other));
        if (mutator.Random.Next(8) == 0) (one.Endpoint, one.Option) = (_endpoints[mutator.Random.Next(_endpoints.Length)].Name, two.Option);
        return [.. Encoding.UTF8.GetBytes($"{one.Endpoint}\n{one.Option}\n"), .. mutator.Mutate(Encoding.UTF8.GetBytes(one.Text), Encoding.UTF8.GetBytes(two.Text))];
    }

    public override string Run(ReadOnlyMemory<byte> input)
    {
        var (name, option, text) = Read(input.Span);
        if (!Names.Contains(option)) option = Names[Texts.StableHash(Encoding.UTF8.GetBytes(option)) % Names.Length];
        var found = Array.FindIndex(_endpoints, pair => pair.Name == name);
        var (_, endpoint, words) = _endpoints[found >= 0 ? found : Texts.StableHash(Encoding.UTF8.GetBytes(name)) % _endpoints.Length];

        var visible = new EndpointVisibility(endpoint);

        // Steps of work, told by what they allocate: a clock would tell about the machine.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reason = ODataCheck.Judge(visible, option, text, named: true);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Must(allocated <= BytesAtMost + ((long)BytesPerCharacter * text.Length), "the work grows with the text and no faster",
            $"{allocated} bytes for {text.Length} characters");
        Must(reason is GateReason.Allowed or GateReason.ODataNotUnderstood or GateReason.HiddenProperty or GateReason.PseudonymRequired or GateReason.TokenNotComparable or GateReason.DuplicateQueryOption, "a reason of OData's",
            $"{reason}");
        Must(ODataCheck.Judge(visible, option, text, named: true) == reason, "the same is judged alike");
        if (reason == GateReason.Allowed && words.Objection(option, text) is { } objection) throw new BrokenInvariantException($"{option}: {objection}", text);
        return $"{option} {reason} {(reason == GateReason.Allowed ? endpoint.Name : "")} "
            + $"{Texts.Bucket(text.Count(c => c == '('))} {text.Count(c => c == '/') % 4} {Texts.Bucket(allocated)}";
    }

    private static (string Endpoint, string Option, string Text) Read(ReadOnlySpan<byte> input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n', 3);
        return (lines[0], lines.ElementAtOrDefault(1) ?? "", lines.ElementAtOrDefault(2) ?? "");
    }
}
