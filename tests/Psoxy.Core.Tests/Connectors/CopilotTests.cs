using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Connectors;

/// <summary>What is particular to Copilot: texts are measured and go, bots keep their ids, and a long page still streams.</summary>
[TestFixture("/v1.0/copilot/users/{userId}/interactionHistory/getAllEnterpriseInteractions")]
[TestFixture("/beta/copilot/users/{userId}/interactionHistory/getAllEnterpriseInteractions")]
public sealed class CopilotTests(string path)
{
    private const string Id = "00000001-5fad-4d73-a9f5-000000000007";
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public void A_prompt_is_measured_and_goes()
    {
        const string item = """{"body":{"contentType":"text","content":"Is Wrobel ill?"}}""";

        Assert.That(item, Does.Contain("Wrobel"));
        Assert.That(Item(item), Is.EqualTo("""{"body":{"contentType":"text","+content:textDigest":{"length":14,"word_count":3}}}"""));
    }

    [TestCase("""{"text":"Wrobel is ill"}""", """{"text":"{\"length\":13,\"word_count\":3}"}""")]
    [TestCase("""{"type":"Wrobel","body":[{"text":"Wrobel","altText":"Wrobel","url":"https://wrobel.example"}]}""", """{"body":[{"text":"{\"length\":6,\"word_count\":1}"}]}""")]
    [TestCase("""{"body":[{"facts":[{"title":"Wrobel","value":"Wrobel"}]}],"speak":"Wrobel","fallbackText":"Wrobel"}""", """{"body":[{}]}""")]
    [TestCase("""{"actions":[{"title":"Wrobel","data":{"Wrobel":{"text":"Wrobel"}},"card":{"body":[{"text":"Wrobel"}]}}]}""", """{"actions":[{"card":{"body":[{"text":"{\"length\":6,\"word_count\":1}"}]}}]}""")]
    [TestCase("""{"body":[{"inlines":["Wrobel",{"text":"Wrobel","text":"Wrobel"}]}]}""", """{"body":[{"inlines":[{"text":"{\"length\":6,\"word_count\":1}","text":"{\"length\":6,\"word_count\":1}"}]}]}""")]
    [TestCase("""{"\u0062ody":[{"te\u0078t":"Wrobel","TEXT":"Wrobel"}]}""", """{"\u0062ody":[{"te\u0078t":"{\"length\":6,\"word_count\":1}"}]}""")]
    [TestCase("""{"text":{"text":"Wrobel"},"body":"Wrobel","items":{"text":"Wrobel"}}""", """{"text":null,"body":null,"items":null}""")]
    [TestCase("""["Wrobel"]""", "null")]
    [TestCase("\"Wrobel\"", "null")]
    public void Of_a_card_only_the_measures_of_its_texts_stay(string card, string left)
    {
        var item = $$"""{"attachments":[{"name":"Wrobel","content":{{Json(card)}},"contentUrl":"https://wrobel.example"}]}""";

        Assert.That(item, Does.Contain("robel"));
        Assert.That(Item(item), Is.EqualTo($$"""{"attachments":[{"+content:textDigest":{{Json(left)}}}]}"""));
    }

    [TestCase("Wrobel is ill")]
    [TestCase("{\"text\":\"Wrobel\"")]
    [TestCase("{\"text\":\"Wrobel\"} Wrobel")]
    public void Content_that_is_no_JSON_goes_without_a_measure(string content) =>
        Assert.That(Item($$"""{"attachments":[{"contentType":"text/plain","content":{{Json(content)}}}]}"""), Is.EqualTo("""{"attachments":[{"contentType":"text/plain"}]}"""));

    [TestCase("File")]
    [TestCase("Email")]
    [TestCase("Unheard of")]
    public void No_link_stays_whatever_it_leads_to(string kind) => Assert.That(
        Item($$"""{"links":[{"linkUrl":"https://wrobel.example","displayName":"Wrobel","linkType":"{{kind}}"}]}"""), Is.EqualTo($$"""{"links":[{"linkType":"{{kind}}"}]}"""));

    // The id of a person or an app is a pseudonym; a bot is no person. A kind that is missing, or is none we know, is none of a bot.
    [TestCase("from", """{"application":{"id":"ID","applicationIdentityType":"bot"}}""", false)]
    [TestCase("from", """{"application":{"applicationIdentityType":"bot","id":"ID"}}""", false)]
    [TestCase("from", """{"application":{"id":"ID","applicationIdentityType":"aadApplication"}}""", true)]
    [TestCase("from", """{"application":{"id":"ID","applicationIdentityType":null}}""", true)]
    [TestCase("from", """{"application":{"id":"ID","applicationIdentityType":"Bot"}}""", true)]
    [TestCase("from", """{"application":{"id":"ID"}}""", true)]
    [TestCase("from", """{"application":{"id":"ID","applicationIdentityType":"bot","applicationIdentityType":"aadApplication"}}""", true)]
    [TestCase("from", """{"application":{"id":"ID","applicationIdentityType":null,"applicationIdentityType":"bot"}}""", true)]
    [TestCase("from", """{"application":{"id":"ID","applicationIdentityType":"bot","applicationIdentityType":"bot"}}""", false)]
    [TestCase("from", """{"user":{"id":"ID"}}""", true)]
    [TestCase("from", """{"user":{"id":"ID","applicationIdentityType":"bot"}}""", true)]
    [TestCase("from", """{"device":{"id":"ID"}}""", true)]
    [TestCase("from", """{"conversation":{"id":"ID"}}""", true)]
    [TestCase("mentions", """{"application":{"id":"ID","applicationIdentityType":"bot"}}""", false)]
    [TestCase("mentions", """{"application":{"id":"ID","applicationIdentityType":"aadApplication"}}""", true)]
    [TestCase("mentions", """{"user":{"id":"ID"}}""", true)]
    [TestCase("mentions", """{"device":{"id":"ID"}}""", true)]
    [TestCase("mentions", """{"conversation":{"id":"ID"}}""", true)]
    public void With_pseudonymous_ids_only_a_bots_stays(string place, string identities, bool isPseudonym)
    {
        var set = identities.Replace("ID", Id, StringComparison.Ordinal);
        var item = place == "from" ? $$"""{"from":{{set}}}""" : $$"""{"mentions":[{"mentioned":{{set}}}]}""";

        Assert.That(Item(item), Does.Contain(Id), "it is kept where ids are");
        Assert.That(Item(item, "pseudonymizeAppIds"), isPseudonym ? Does.Not.Contain(Id).And.Contain("\"t~") : Does.Contain(Id));
    }

    [Test]
    public void With_pseudonymous_ids_a_session_and_an_attachment_are_tokens()
    {
        const string item = $$"""{"sessionId":"19:{{Id}}_00000001-5fad-4d73-a9f5-000000000008@unq.gbl.spaces","attachments":[{"attachmentId":"{{Id}}"}]}""";

        Assert.That(Item(item), Is.EqualTo(item));
        Assert.That(Item(item, "pseudonymizeAppIds"), Does.Match("""^\{"sessionId":"p~[\w-]+","attachments":\[\{"attachmentId":"p~[\w-]+"\}\]\}$"""));
    }

    [TestCase("users/{id}/")]
    [TestCase("users('{id}')/")]
    [TestCase("users(%27{id}%27)/")]
    public void With_pseudonymous_ids_the_user_in_a_paging_link_is_a_token(string spelling)
    {
        var link = "https://graph.microsoft.com/" + path[1..path.IndexOf("users", StringComparison.Ordinal)] + spelling.Replace("{id}", Id, StringComparison.Ordinal) + "interactionHistory/getAllEnterpriseInteractions?$skip=1";

        Assert.That(Sanitizing.Output(Endpoint("pseudonymizeAppIds"), $$"""{"@odata.nextLink":"{{link}}"}"""), Does.Not.Contain(Id).And.Contain("p~"));
    }

    [TestCase("")]
    [TestCase("pseudonymizeAppIds")]
    public void Each_interaction_leaves_before_the_next_has_come(string flag)
    {
        const string item = """{"body":{"content":"a b"},"from":{"application":{"id":"x","applicationIdentityType":"bot"}},"mentions":[{"mentioned":{"user":{"id":"y"}}}],"requestId":"rAT"},""";
        var output = new ArrayBufferWriter<byte>();
        using var sanitizer = new JsonSanitizer(SanitizerPlan.Compile(Endpoint(flag)), Sanitizing.Pseudonymizer, output, null, false);
        Write(sanitizer, """{"value":[""");
        for (var at = 0; at < 50; at++)
        {
            Write(sanitizer, item.Replace("AT", $"{at}", StringComparison.Ordinal));
            Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Does.EndWith($"\"requestId\":\"r{at}\"}}"));
        }
    }

    [TestCase("", true)]
    [TestCase("pseudonymizeAppIds", false)]
    public void The_user_may_be_named_by_a_readable_id_unless_the_variant_says_no(string flag, bool allowed)
    {
        var gate = new RequestGate(TestRules.Connector("msft-copilot", Flags(flag)));

        Assert.That(gate.Decide("GET", path.Replace("{userId}", Id, StringComparison.Ordinal), "").Reason, Is.EqualTo(allowed ? GateReason.Allowed : GateReason.PathParameterNotAllowed));
    }

    private static void Write(JsonSanitizer sanitizer, string json) =>
        Assert.That(sanitizer.Write(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json))), Is.EqualTo(SanitizeStatus.NeedMore));

    private static string Json(string text) => JsonSerializer.Serialize(text, Plain);

    private static string[] Flags(string flag) => flag.Length == 0 ? [] : [flag];

    private Endpoint Endpoint(string flag = "") => TestRules.Connector("msft-copilot", Flags(flag)).Endpoints.Single(endpoint => endpoint.Name == path);

    /// <summary>What is left of one interaction.</summary>
    private string Item(string item, string flag = "") => Sanitizing.Output(Endpoint(flag), $$"""{"value":[{{item}}]}""")["{\"value\":[".Length..^2];
}
