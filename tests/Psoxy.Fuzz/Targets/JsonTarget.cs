using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;
using Psoxy.Core.Tests.Oracle;
using Psoxy.Core.Tests.Properties;
using Psoxy.Fuzz.Engine;

namespace Psoxy.Fuzz.Targets;

/// <summary>Random rules on random, damaged JSON, whole and in chunks.</summary>
internal sealed partial class JsonTarget : FuzzTarget
{
    private const string Secret = "secret";
    private const string Canary = "CANARY7F3A";
    private const string CanaryNumber = "7351902846";
    private const string RedactSecret = "      - {jsonPaths: [\"$..secret\"], method: redact}\n";
    private const int MaxKnown = 512;

    private static readonly string[] Names = ["a", "b", "c", "mail", "kind"];

    // What the oracle does not interpret; all else must hold for it too.
    private static readonly string[] Others =
    [
        "hashIp", "encryptIp", "pseudonymizeEmailHeader", "pseudonymizeEmailHeader, encoding: JSON", "sealPagingLink", "tokenize, regex: '.*(b.*)$'",
        "pseudonymize, encoding: URL_SAFE_HASH_ONLY", "pseudonymize, encoding: JSON, includeReversible: true",
        "redactExceptSubstringsMatchingRegexes, exceptions: ['[a-z]+', '@.*']", "textDigest, keywords: [a, call]",
        "textDigest, isJsonEscaped: true, jsonPathToProcessWhenEscaped: $..a",
    ];

    private readonly Dictionary<string, (Endpoint? Endpoint, SanitizerPlan? Plan)> _known = new(StringComparer.Ordinal);

    public override string Name => "json";

    public override IReadOnlyList<byte[]> Words { get; } = Texts.Words(
        "{", "}", "[", "]", ",", ":", "\"", "null", "true", "false", "\"a\":", "\"b\":", "\"mail\":", "\"kind\":\"File\"", "\"\\u0061\":", "{}", "[]", "\"\"",
        "[[[[[[[[", "{\"a\":{\"a\":",
        $"\"secret\":\"{Canary}\",", $"\"secret\":[\"{Canary}\",{CanaryNumber}],", $"\"\\u0073ecret\":{CanaryNumber},", "\\ud83d\\ude00", "\\ud83d", "\\u0000",
            "\\n", "\\", "\u00e9", "\u20ac", "\U0001F600",
        "\uFEFF", "1e5", "-0", "0.10", "1E+400", "123456789012345678901234567890", "\n", " ", "\t", "/*x*/", "//", "'", "NaN", "alice@contoso.com",
        "smtp:bob@contoso.com");

    public override byte[] Generate(Random random)
    {
        var one = new RandomCase(random.Next());
        var rules = Rules(random, one);
        var ndjson = random.Next(6) == 0;
        var document = Document(random, one);
        for (var line = ndjson ? random.Next(3) : 0; line > 0; line--) document = document.ReplaceLineEndings(" ") + "\n" + Document(random, one).ReplaceLineEndings(" ");
        return JsonCase.Of(rules, ndjson, document).ToBytes();
    }

    public override byte[] Mutate(Mutator mutator, byte[] input, byte[] other)
    {
        var (one, two) = (JsonCase.Read(input), JsonCase.Read(other));
        return (mutator.Random.Next(12) switch
        {
            0 => one with { Rules = JsonCase.Of(Rules(mutator.Random, new RandomCase(mutator.Random.Next())), false, "").Rules },
            1 => one with { Rules = two.Rules },
            2 => one with { Rules = mutator.Mutate(one.Rules, two.Rules) },
            _ => one with { Document = mutator.Mutate(one.Document, two.Document) },
        }).ToBytes();
    }

    public override string Run(ReadOnlyMemory<byte> input)
    {
        var one = JsonCase.Read(input.Span);
        var (endpoint, plan) = Compile(one.Rules);
        if (endpoint is null || plan is null) return "no rules";

        var cuts = new Random(Texts.StableHash(input.Span));
        var whole = Sanitize(plan, one, () => int.MaxValue);
        Must(whole.Status is not (SanitizeStatus.Undecided or SanitizeStatus.NeedMore), "the status is final", $"{whole.Status}");
        foreach (var (cut, name) in ((Func<int> Cut, string Name)[])[(() => 1, "single bytes"), (() => 1 + cuts.Next(40), "random chunks")])
        {
            var chunked = Sanitize(plan, one, cut);
            Must(chunked.Status == whole.Status || IsTwoFaults(one, whole.Status, chunked.Status), "chunking does not change the status",
                $"{whole.Status}, but in {name} {chunked.Status}");
            CheckSameBytes(whole, chunked, name);
            CheckCanaries(endpoint, one, chunked.Output);
        }

        CheckCanaries(endpoint, one, whole.Output);
        var compared = false;
        if (whole.Status == SanitizeStatus.Complete)
        {
            Must(JsonTokens.IsValid(whole.Output, one.Ndjson), "complete output is valid JSON", Encoding.UTF8.GetString(whole.Output));
            compared = !one.Ndjson && CompareWithOracle(endpoint, one.Document, whole.Output);
        }
        else if (whole.Status == SanitizeStatus.Malformed)
        {
            Must(!JsonTokens.IsValid(WithoutMark(one.Document), one.Ndjson), "valid JSON is not called malformed");
        }

        return $"{whole.Status} {(plan.Root.HoldsObjects ? "document" : "stream")} {(one.Ndjson ? "ndjson" : compared ? "oracle" : "alone")} "
            + $"{Texts.Bucket(whole.Report.Dropped)} {Texts.Bucket(whole.Report.Changed)} {Texts.Bucket(whole.Report.Warnings)} {Kinds(endpoint)}";
    }

    private static string Rules(Random random, RandomCase one)
    {
        var rules = one.Rules();
        if (random.Next(3) == 0) rules += $"      - {{jsonPaths: [$..{Names[random.Next(Names.Length)]}], method: {Others[random.Next(Others.Length)]}}}\n";
        if (random.Next(8) == 0 && !rules.Contains("augments", StringComparison.Ordinal)) rules = rules.Replace("    transforms:\n",
            "    augments: [{method: textDigest, jsonPaths: [$..a], keywords: [call]}]\n    transforms:\n", StringComparison.Ordinal);
        return rules + RedactSecret;
    }

    private static string Document(Random random, RandomCase one) => random.Next(6) switch
    {
        0 => $"{{\"a\":{one.Json()},\"secret\":[\"{Canary}\",{one.Json()},{CanaryNumber}],\"b\":{one.Json()}}}",
        1 => $"[{one.Json()},{{\"secret\":{{\"a\":\"{Canary}\",\"mail\":{CanaryNumber}}},\"mail\":{one.Json()}}}]",
        2 => $"{{\"\\u0073ecret\":\"alice {Canary}\",\"kind\":\"File\",\"secret\":\"{Canary} call\",\"c\":{one.Json()}}}",
        _ => one.Json(),
    };

    // A coarse mark of which transforms there are.
    private static string Kinds(Endpoint endpoint) =>
        (endpoint.ResponseSchema is null ? "" : "schema ")
        + string.Join(',', endpoint.Transforms.Select(transform => transform.GetType().Name[^4..]).Distinct().Order(StringComparer.Ordinal).Take(2));

    private static (SanitizeStatus Status, byte[] Output, SanitizeReport Report) Sanitize(SanitizerPlan plan, JsonCase one, Func<int> cut)
    {
        var output = new ArrayBufferWriter<byte>();
        using var sanitizer = new JsonSanitizer(plan, FuzzKey.Pseudonymizer, output, null, one.Ndjson);
        var status = SanitizeStatus.NeedMore;
        for (var at = 0; at < one.Document.Length && status == SanitizeStatus.NeedMore;)
        {
            var length = Math.Min(cut(), one.Document.Length - at);
            status = sanitizer.Write(new ReadOnlySequence<byte>(one.Document, at, length));
            at += length;
        }

        if (status == SanitizeStatus.NeedMore) status = sanitizer.Complete();
        return (status, output.WrittenSpan.ToArray(), sanitizer.Report);
    }

    // What is nested too deep and damaged behind that has two faults; which one is met first depends on how much is there to look at.
    private static bool IsTwoFaults(JsonCase one, SanitizeStatus a, SanitizeStatus b) =>
        (a, b) is (SanitizeStatus.Malformed, SanitizeStatus.TooDeep) or (SanitizeStatus.TooDeep, SanitizeStatus.Malformed)
        && !JsonTokens.IsValid(WithoutMark(one.Document), one.Ndjson, maxDepth: 5000);

    // After a fault, how far the output came depends on the chunks; what it says does not.
    private static void CheckSameBytes((SanitizeStatus Status, byte[] Output, SanitizeReport) whole, (SanitizeStatus, byte[] Output, SanitizeReport) chunked, string name)
    {
        var shorter = Math.Min(whole.Output.Length, chunked.Output.Length);
        var same = whole.Output.AsSpan(0, shorter).SequenceEqual(chunked.Output.AsSpan(0, shorter))
            && (whole.Status != SanitizeStatus.Complete || whole.Output.Length == chunked.Output.Length);
        Must(same, "chunking does not change the output", $"{Encoding.UTF8.GetString(whole.Output)}, but in {name} {Encoding.UTF8.GetString(chunked.Output)}");
    }

    private static void CheckCanaries(Endpoint endpoint, JsonCase one, byte[] output)
    {
        if (!endpoint.Transforms.Any(transform => transform is Redact { ApplyOnlyWhen: null } && transform.JsonPaths.Any(path => path.Text == "$..secret"))) return;
        foreach (var canary in (string[])[Canary, CanaryNumber])
        {
            // Damage may have carried it somewhere else, where it may stay.
            if (JsonTokens.Holds(one.Document, canary, Secret)) continue;
            Must(!Encoding.UTF8.GetString(output).Contains(canary, StringComparison.Ordinal) && !JsonTokens.Holds(output, canary, null),
                "what is redacted is not in the output", Encoding.UTF8.GetString(output));
        }
    }

    private static bool CompareWithOracle(Endpoint endpoint, byte[] document, byte[] output)
    {
        if (document.Length > 2048 || !endpoint.Augments.IsEmpty || !endpoint.Transforms.All(IsInterpreted)) return false;
        var json = Encoding.UTF8.GetString(WithoutMark(document));

        // The oracle counts in decimals.
        if (ExoticNumber().IsMatch(json)) return false;
        try
        {
            OracleNode.Parse(json);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: the oracle holds strings, and this is none.
            return false;
        }
        catch (JsonException fault)
        {
            throw new BrokenInvariantException("what is complete was JSON", fault.Message);
        }

        var expected = new Interpreter(endpoint, FuzzKey.Pseudonymizer).Run(json).ToString();
        var actual = OracleNode.Parse(Encoding.UTF8.GetString(output)).ToString();
        Must(actual == expected, "the output is the oracle's", $"expected {expected}, got {actual}");
        return true;
    }

    private static bool IsInterpreted(Transform transform) =>
        transform is Redact or Pseudonymize or PseudonymizeRegexMatches or Tokenize { Regex: null } or RedactRegexMatches
            or FilterTokenByRegex or RedactExceptPhrases or DigestText { IsJsonEscaped: false, Digest.Keywords.IsEmpty: true };

    private static byte[] WithoutMark(byte[] document) => document.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? document[3..] : document;

    private (Endpoint? Endpoint, SanitizerPlan? Plan) Compile(byte[] rules)
    {
        var key = Convert.ToBase64String(rules);
        if (_known.TryGetValue(key, out var known)) return known;
        if (_known.Count >= MaxKnown) _known.Clear();
        var endpoint = RulesLoader.Load(rules, "random.yaml").Rules?.Endpoints.FirstOrDefault();
        return _known[key] = (endpoint, endpoint is null ? null : SanitizerPlan.Compile(endpoint));
    }

    [GeneratedRegex(@"[eE][+-]?[0-9]{2,}|[0-9]{26,}|[0-9]\.[0-9]{20,}", RegexOptions.CultureInvariant)]
    private static partial Regex ExoticNumber();
}
