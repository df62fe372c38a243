using System.Text;
using NJsonSchema;
using Psoxy.Core.Entra;
using Psoxy.Core.Tests.Connectors;

namespace Psoxy.Core.Tests.Entra;

public sealed class EntraErrorCatalogTests
{
    private const string Whole = "errors:\n  - code: 70021\n    cause: Something.\n    fix: Mend it.\n    retry: never\n    seen: measured\n";

    // What a federated assertion or a certificate is mostly refused for, by hand: the file could lose one.
    private static readonly int[] Needed =
    [
        700211, 700212, 700213, 70021, 700016, 7000229, 7000112, 90002, 900023, 90038, 65001, 53003, 530032, 530035, 700024, 500133, 700027, 700023,
        700222, 700223, 700238, 50027, 5002727, 500011, 501051, 9001023, 50194, 70002, 90055, 50196, 90033,
    ];

    [Test]
    public void What_a_connector_is_mostly_refused_for_is_there() =>
        Assert.That(Needed.Where(code => EntraErrorCatalog.Find(code) is null), Is.Empty);

    [Test]
    public void Each_error_is_a_sentence_of_cause_and_of_fix()
    {
        Assert.That(EntraErrorCatalog.All, Has.Length.AtLeast(25));
        foreach (var error in EntraErrorCatalog.All)
        {
            Assert.That(error.Cause, Does.Match("^[A-Z].*[.]$"), $"{error.Code}");
            Assert.That(error.Fix, Does.Match("^[A-Z]").And.Not.Contain("Trace ID"), $"{error.Code}");
        }
    }

    [TestCase(90033, EntraRetry.Later)]
    [TestCase(700024, EntraRetry.FreshAssertion)]
    [TestCase(700213, EntraRetry.AfterChange)]
    [TestCase(90002, EntraRetry.Never)]
    public void It_says_whether_to_try_again(int code, EntraRetry retry) => Assert.That(EntraErrorCatalog.Find(code)!.Retry, Is.EqualTo(retry));

    [Test]
    public void An_unknown_code_is_none() => Assert.That(EntraErrorCatalog.Find(12345), Is.Null);

    [Test]
    public void A_whole_file_is_read() =>
        Assert.That(EntraErrorReader.Read("errors.yaml", Encoding.UTF8.GetBytes(Whole)).Single(), Is.EqualTo(new EntraError(70021, "Something.", "Mend it.", EntraRetry.Never, EntraEvidence.Measured)));

    [TestCase("code: 70021", "code: AADSTS70021", "'code' must be a number")]
    [TestCase("    fix: Mend it.\n", "", "'fix' is missing in an error")]
    [TestCase("retry: never", "retry: sometimes", "expected 'retry' to be one of never, afterChange, freshAssertion, later")]
    [TestCase("seen: measured", "seen: dreamt", "expected 'seen' to be one of")]
    [TestCase("seen: measured", "seen: measured\n    sean: measured", "unknown key 'sean' in an error; did you mean 'seen'?")]
    [TestCase("seen: measured\n", "seen: measured\n  - {code: 70021, cause: A., fix: B., retry: never, seen: measured}\n", "the code 70021 is there twice")]
    [TestCase("errors:", "faults:", "'errors' is missing")]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string expected)
    {
        Assert.That(Whole, Does.Contain(right));
        var yaml = Encoding.UTF8.GetBytes(Whole.Replace(right, wrong, StringComparison.Ordinal));
        Assert.That(() => EntraErrorReader.Read("errors.yaml", yaml), Throws.InvalidOperationException.With.Message.Contains(expected).And.Message.Contains("errors.yaml:"));
    }

    [Test]
    public async Task The_schema_for_editors_has_the_keys_that_the_reader_reads_and_the_file_is_valid()
    {
        var schema = await JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(Path.Combine(EditorSchemaTests.Folder, "schema", "entra-errors.schema.json")));
        var item = schema.Properties["errors"].Item!;

        Assert.That(item.Properties.Keys, Is.EquivalentTo(EntraErrorReader.Keys));
        Assert.That(item.RequiredProperties, Is.EquivalentTo(EntraErrorReader.Keys));
        Assert.That(schema.Validate(EditorSchemaTests.Json(await File.ReadAllBytesAsync(Path.Combine(EditorSchemaTests.Folder, "entra-errors.yaml")))), Is.Empty);
    }
}
