using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Psoxy.Classification;
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
    private readonly ConcurrentDictionary<string, ImmutableArray<(Transform Transform, JsonPath Path)>> _treating = new(StringComparer.Ordinal);
    private SanitizerPlan? _plan;
    private RequestGate? _gate;
    private ImmutableArray<WalkedObject> _walk;
    private ClassifiedPaths? _paths;

    /// <summary>All cases of all connectors, as NUnit takes them.</summary>
    public static IEnumerable<TestCaseData> All => Cases.Value.Select(each => new TestCaseData(each).SetArgDisplayNames(each.ToString()));

    /// <summary>All cases of all connectors.</summary>
    public static Lazy<ImmutableArray<ConnectorCase>> Cases { get; } = new(() => [.. TestConnectors.All.SelectMany(Of)]);

    /// <summary>What Graph answers, as the connector's folder has it.</summary>
    public string OriginalFile => Path.Combine(TestConnectors.FolderOf(Connector.Id), "examples", "original", Declared.Example + ".json");

    /// <summary>What leaves of it, as the connector's folder has it.</summary>
    public string SanitizedFile => Path.Combine(TestConnectors.FolderOf(Connector.Id), "examples", "sanitized", Variant.Name, Declared.Example + ".json");

    /// <summary>What Graph answers.</summary>
    public byte[] Original => File.ReadAllBytes(OriginalFile);

    /// <summary>The variant's gate.</summary>
    public RequestGate Gate => _gate ??= new RequestGate(Rules);

    /// <summary>Names that lead from the response to the entity.</summary>
    internal ImmutableArray<string> Root => Declared.IsCollection ? ["value"] : [];

    /// <summary>What Graph may answer, by the classification.</summary>
    internal ImmutableArray<WalkedObject> Walk =>
        _walk.IsDefault ? _walk = [.. EntityWalk.Over(ClassifiedPaths.Classification, Connector.Id, Declared, Variant.Flags)] : _walk;

    /// <summary>What must happen to each part of it, by the classification.</summary>
    internal ClassifiedPaths Paths => _paths ??= new ClassifiedPaths(this);

    /// <summary>The transforms of the rules that treat exactly what stands at a path.</summary>
    internal ImmutableArray<(Transform Transform, JsonPath Path)> Treating(ImmutableArray<string> path) =>
        _treating.GetOrAdd(string.Join('/', path), _ => [.. Canaries.Disclosure.At(Endpoint, path)]);

    /// <summary>The cases of one connector.</summary>
    public static IEnumerable<ConnectorCase> Of(Connector connector) =>
        from variant in connector.Variants
        let rules = RulesLoader.Load(connector.RulesYaml, connector.Id, new RulesOptions { Flags = variant.Flags }).Rules!
        from endpoint in rules.Endpoints
        select new ConnectorCase(connector, variant, rules, connector.Endpoints.Single(declared => declared.Path == endpoint.Name), endpoint);

    /// <summary>The gate's word on the declared request. Where the variant takes only pseudonyms for ids, the request has them.</summary>
    public Decision Decide() => Ask(Target());

    /// <summary>The declared request as this variant takes it: where it takes only pseudonyms for ids, with them.</summary>
    public string Target()
    {
        var target = Declared.Request;
        var template = Endpoint.Name.Split('/');
        while (true)
        {
            var decision = Ask(target);
            var segments = target.Split('?')[0].Split('/');
            var at = decision.Reason == GateReason.PathParameterNotAllowed ? Array.IndexOf(template, "{" + decision.Detail + "}") : -1;
            if (at < 0 || segments[at].StartsWith("p~", StringComparison.Ordinal)) return target;
            segments[at] = Sanitizing.Pseudonymizer.Tokenize(Uri.UnescapeDataString(segments[at]));
            target = string.Join('/', segments) + (target.Contains('?', StringComparison.Ordinal) ? target[target.IndexOf('?', StringComparison.Ordinal)..] : "");
        }
    }

    /// <summary>Those of the declared request's parameters that every request must have, each with a <c>&amp;</c> behind it.</summary>
    internal string Required => string.Concat((Declared.Request.Split('?').ElementAtOrDefault(1) ?? "").Split('&')
        .Where(pair => Endpoint.QueryParameterSchemas.Any(each => each.Value.Required && each.Key.Equals(pair.Split('=')[0], StringComparison.OrdinalIgnoreCase)))
        .Select(pair => pair + "&"));

    /// <summary>The gate's word on any request.</summary>
    /// <param name="target">Path and query, as they stand in a request.</param>
    /// <param name="method">Of HTTP.</param>
    public Decision Ask(string target, string method = "GET")
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return Gate.Decide(method, query < 0 ? target : target[..query], query < 0 ? "" : target[(query + 1)..]);
    }

    /// <summary>What leaves of a response of this endpoint.</summary>
    /// <param name="response">Of Graph.</param>
    /// <param name="end">How it ends.</param>
    public string Sanitize(ReadOnlySpan<byte> response, SanitizeStatus end = SanitizeStatus.Complete)
    {
        _plan ??= SanitizerPlan.Compile(Endpoint);
        var output = new ArrayBufferWriter<byte>();
        using var sanitizer = new JsonSanitizer(_plan, Sanitizing.Pseudonymizer, output);
        sanitizer.Write(new ReadOnlySequence<byte>(response.ToArray()));
        Assert.That(sanitizer.Complete(), Is.EqualTo(end));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <inheritdoc cref="Sanitize(ReadOnlySpan{byte}, SanitizeStatus)" />
    public string Sanitize(string response, SanitizeStatus end = SanitizeStatus.Complete) => Sanitize(Encoding.UTF8.GetBytes(response), end);

    /// <inheritdoc />
    public override string ToString() => $"{Connector.Id}, {Variant.Name}, {Declared.Example}";
}
