using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;
using Psoxy.Core.Tests.Oracle;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Properties;

/// <summary>Random rules on random JSON in random chunks: the sanitizer does what the plain interpreter of the language does.</summary>
public sealed class SanitizerProperties
{
    // The same cases each time, so that a red run is a change's fault; PSOXY_FUZZ_SEED and PSOXY_FUZZ_RUNS make a long run with others.
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(Runs).WithReplay(Seed, 1UL);

    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("PSOXY_FUZZ_RUNS"), out var runs) ? runs : 4000;

    private static ulong Seed => ulong.TryParse(Environment.GetEnvironmentVariable("PSOXY_FUZZ_SEED"), out var seed) ? seed : 20261124UL;

    [Test]
    public void Streaming_equals_the_oracle() => Prop.ForAll(Seeds(), seed =>
    {
        var (rules, endpoint, json) = Case(seed);
        if (endpoint is null) return;
        var expected = new Interpreter(endpoint, Sanitizing.Pseudonymizer).Run(json).ToString();

        foreach (var chunk in (int[])[1, 1 + (Math.Abs(seed % 17)), int.MaxValue])
        {
            var (status, output, _) = Sanitizing.Run(endpoint, Encoding.UTF8.GetBytes(json), chunk);
            if (status == SanitizeStatus.Forged && !endpoint.Augments.IsEmpty && (json.Contains("\"+", StringComparison.Ordinal) || json.Contains("\"\\u002", StringComparison.Ordinal))) return;
            Assert.That(status, Is.EqualTo(SanitizeStatus.Complete), $"seed {seed}\n{rules}\n{json}");
            Assert.That(OracleNode.Parse(output).ToString(), Is.EqualTo(expected), $"seed {seed}, chunks of {chunk}\n{rules}\n{json}");
        }
    }).Check(Many);

    [Test]
    public void What_is_dropped_cannot_influence_the_output() => Prop.ForAll(Seeds(), seed =>
    {
        var random = new Random(seed);
        var endpoint = TestRules.Endpoint("transforms:\n  - !<redact>\n    jsonPaths: [$..a, '$..b[*]', $..mail]");
        var json = "{\"a\":" + new RandomCase(seed).Json() + ",\"b\":[" + new RandomCase(seed + 1).Json() + "],\"c\":{\"mail\":" + new RandomCase(seed + 2).Json() + ",\"d\":1}}";
        var other = "{\"a\":" + new RandomCase(random.Next()).Json() + ",\"b\":[" + new RandomCase(random.Next()).Json() + ", " + new RandomCase(random.Next()).Json() + "],\"c\":{\"mail\": " + new RandomCase(random.Next()).Json() + " ,\"d\":1}}";

        Assert.That(Sanitizing.Run(endpoint, Encoding.UTF8.GetBytes(other)).Output, Is.EqualTo(Sanitizing.Run(endpoint, Encoding.UTF8.GetBytes(json)).Output));
    }).Check(Many);

    [Test]
    public void Damaged_input_is_a_fault_or_valid_output() => Prop.ForAll(Seeds(), seed =>
    {
        var (_, endpoint, json) = Case(seed);
        if (endpoint is null) return;
        var random = new Random(seed);
        var bytes = Encoding.UTF8.GetBytes(json);
        if (bytes.Length > 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

        var (status, output, _) = Sanitizing.Run(endpoint, bytes, 1 + random.Next(5));

        Assert.That(status, Is.Not.EqualTo(SanitizeStatus.Undecided).And.Not.EqualTo(SanitizeStatus.NeedMore));
        if (status == SanitizeStatus.Complete) Assert.That(() => OracleNode.Parse(output.Replace("\\ud8", "\\u00", StringComparison.OrdinalIgnoreCase).Replace("\\ud", "\\u0", StringComparison.OrdinalIgnoreCase)), Throws.Nothing);
    }).Check(Many);

    [Test]
    public void Random_rules_are_mostly_valid_and_both_ways_are_taken()
    {
        var endpoints = Enumerable.Range(0, 1000).Select(seed => Case(seed).Endpoint).OfType<Endpoint>().ToList();

        Assert.That(endpoints, Has.Count.GreaterThan(900));
        Assert.That(endpoints.Count(endpoint => SanitizerPlan.Compile(endpoint).Root.HoldsObjects), Is.InRange(200, 800));
    }

    private static Arbitrary<int> Seeds() => ArbMap.Default.ArbFor<int>().Generator.SelectMany(_ => Gen.Choose(0, int.MaxValue - 8)).ToArbitrary();

    // Some random paths name two parameters that the language refuses; those rules are not cases.
    private static (string Rules, Endpoint? Endpoint, string Json) Case(int seed)
    {
        var random = new RandomCase(seed);
        var (rules, json) = (random.Rules(), random.Json());
        return (rules, RulesLoader.Load(Encoding.UTF8.GetBytes(rules), "random.yaml").Rules?.Endpoints[0], json);
    }
}
