using System.Text;
using System.Text.Json;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Core.Tests.Pseudonyms;

/// <summary>vectors.json: computed with an independent implementation that was checked against published pseudonyms of the original.</summary>
public sealed class VectorTests
{
    private static IEnumerable<TestCaseData> Vectors()
    {
        var file = Path.Combine(TestContext.CurrentContext.TestDirectory, "Pseudonyms", "vectors.json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var vector in document.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var row = vector.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
            yield return new TestCaseData(row).SetArgDisplayNames(row["salt"] + ", " + row["value"]);
        }
    }

    [TestCaseSource(nameof(Vectors))]
    public void Agrees_with_the_original(Dictionary<string, string> row)
    {
        using var pseudonymizer = Make(row, EmailCanonicalization.Strict);
        var value = row["value"];

        Assert.Multiple(() =>
        {
            Assert.That(pseudonymizer.Pseudonymize(value, PseudonymEncoding.UrlSafeHashOnly), Is.EqualTo(row["hash"]));
            Assert.That(pseudonymizer.Pseudonymize(value, PseudonymEncoding.UrlSafeToken), Is.EqualTo(row["urlSafeToken"]));
            Assert.That(pseudonymizer.Pseudonymize(value, PseudonymEncoding.UrlSafeToken, includeReversible: true), Is.EqualTo(row["reversible"]));
            Assert.That(pseudonymizer.Pseudonymize(value, PseudonymEncoding.Json), Is.EqualTo(row["json"]));
            Assert.That(pseudonymizer.Tokenize(value), Is.EqualTo(row["tokenize"]));
        });
    }

    [TestCaseSource(nameof(Vectors))]
    public void Agrees_with_the_original_when_dots_are_ignored(Dictionary<string, string> row)
    {
        if (!row.TryGetValue("urlSafeTokenIgnoreDots", out var expected)) Assert.Pass("the vector is not about an address");
        using var pseudonymizer = Make(row, EmailCanonicalization.IgnoreDots);

        Assert.That(pseudonymizer.Pseudonymize(row["value"], PseudonymEncoding.UrlSafeToken), Is.EqualTo(expected));
    }

    [TestCaseSource(nameof(Vectors))]
    public void Reverses_to_the_exact_original(Dictionary<string, string> row)
    {
        using var pseudonymizer = Make(row, EmailCanonicalization.Strict);

        Assert.Multiple(() =>
        {
            Assert.That(pseudonymizer.TryReverse(row["reversible"], out var original), Is.True);
            Assert.That(original, Is.EqualTo(row["value"]));
            Assert.That(pseudonymizer.TryReverse(row["tokenize"], out original), Is.True);
            Assert.That(original, Is.EqualTo(row["value"]));
            Assert.That(pseudonymizer.TryReverse(row["urlSafeToken"], out _), Is.False, "a one-way token has no way back");
        });
    }

    private static Pseudonymizer Make(Dictionary<string, string> row, EmailCanonicalization canonicalization) => new(
        PseudonymKey.Create(Encoding.UTF8.GetBytes(row["salt"]), Encoding.UTF8.GetBytes(row["key"])),
        new PseudonymOptions(canonicalization));
}
