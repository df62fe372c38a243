using System.Buffers;
using System.Text;
using Psoxy.Core.Gate;
using Psoxy.Core.Sanitize;

namespace Psoxy.Core.Tests.Sanitize;

public sealed class OriginalSealerTests
{
    private const string Rules = "endpoints:\n  - pathTemplate: /v1.0/users/{userId}/messages";

    [TestCase("o'neill@contoso.example", """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users('o''neill@contoso.example')/messages"}""")]
    [TestCase("o'neill@contoso.example", """{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users('o%27%27neill%40contoso.example')/messages"}""")]
    [TestCase("o'neill@contoso.example", """{"x":"o\u0027neill@contoso.example"}""")]
    [TestCase("Ines.Achterberg@Contoso.example", """{"x":"ines.achterberg@contoso.example","y":["INES.ACHTERBERG@CONTOSO.EXAMPLE"]}""")]
    [TestCase("inés.achterberg@contoso.example", """{"x":"inés.achterberg@contoso.example","y":"in\u00e9s.achterberg@contoso.example","z":"in%C3%A9s.achterberg%40contoso.example"}""")]
    [TestCase("48d31887-5fad-4d73-a9f5-3c356e68a038", """{"id":"48d31887-5fad-4d73-a9f5-3c356e68a038","other":"48d31887-5fad-4d73-a9f5-3c356e68a039"}""")]
    public void What_a_token_of_the_request_stands_for_becomes_the_token_again(string original, string answer)
    {
        var token = Sanitizing.Pseudonymizer.Tokenize(original);
        var outputs = new[] { 1, 5, int.MaxValue }.Select(chunk => Seal(Request(token), answer, chunk)).ToList();

        Assert.That(outputs.Distinct().Count(), Is.EqualTo(1), "the same for every chunking");
        Assert.That(Uri.UnescapeDataString(outputs[0]).Replace("\\u0027", "'", StringComparison.Ordinal), Does.Contain(token).And.Not.Contain("neill@contoso").IgnoreCase
            .And.Not.Contain("achterberg@contoso").IgnoreCase.And.Not.Contain("3c356e68a038"));
        Assert.That(() => System.Text.Json.JsonDocument.Parse(outputs[0]), Throws.Nothing);
    }

    [TestCase("48d31887-5fad-4d73-a9f5-3c356e68a038", """{"id":"48d31887-5fad-4d73-a9f5-3c356e68a03"}""")]
    [TestCase("x", """{"x":"x"}""")]
    public void All_else_passes_as_it_is(string original, string answer)
    {
        foreach (var chunk in (int[])[1, 7, int.MaxValue]) Assert.That(Seal(Request(Sanitizing.Pseudonymizer.Tokenize(original)), answer, chunk), Is.EqualTo(answer));
    }

    [Test]
    public void A_request_without_tokens_has_none() =>
        Assert.That(OriginalSealer.TokensOf(Request("48d31887-5fad-4d73-a9f5-3c356e68a038"), ["eventual"], Sanitizing.Pseudonymizer), Is.Empty);

    [Test]
    public void A_header_counts_too()
    {
        var token = Sanitizing.Pseudonymizer.Tokenize("ines@contoso.example");

        Assert.That(OriginalSealer.TokensOf(Request("x"), [token], Sanitizing.Pseudonymizer), Is.EqualTo(new[] { KeyValuePair.Create("ines@contoso.example", token) }));
    }

    private static CanonicalRequest Request(string user) => new RequestGate(TestRules.Load(Rules)).Decide("GET", $"/v1.0/users/{user}/messages", "").Request!;

    private static string Seal(CanonicalRequest request, string answer, int chunk)
    {
        var output = new ArrayBufferWriter<byte>();
        using var sealer = new OriginalSealer(OriginalSealer.TokensOf(request, [], Sanitizing.Pseudonymizer), output);
        foreach (var piece in Encoding.UTF8.GetBytes(answer).Chunk(chunk))
        {
            sealer.Write(piece);
            sealer.Flush(final: false);
        }

        sealer.Flush(final: true);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
