using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Psoxy.Core.Pseudonyms;

namespace Psoxy.Cli.Tests.Pseudonyms;

public sealed class CompareTests
{
    private const string Person = "kanarienvogel@example.org";
    private const string Somebody = "sperling@example.org";
    private static readonly PseudonymEncoding[] Forms = Enum.GetValues<PseudonymEncoding>();

    [TestCaseSource(nameof(Forms))]
    public async Task Equal_secrets_agree_in_every_form(PseudonymEncoding form)
    {
        var run = await CompareAsync(Rows(Make("salt", "key"), form, Person, Somebody), Rows(Make("salt", "key"), form, Person, Somebody));

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((ExitCode.Ok, "2 of 2 pseudonyms agree\n")), run.Error);
    }

    [TestCaseSource(nameof(Forms))]
    public async Task A_salt_with_a_line_break_more_agrees_in_nothing(PseudonymEncoding form)
    {
        var run = await CompareAsync(Rows(Make("salt", "key"), form, Person, Somebody), Rows(Make("salt\n", "key"), form, Person, Somebody));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Differs), run.Error);
        Assert.That(run.Output, Does.StartWith("0 of 2 pseudonyms agree\n     2  another hash\n").And.Contain("  $.value[0].mail  another hash\n").And.Contain("the salts differ"));
    }

    [Test]
    public async Task Another_key_is_told_from_another_salt()
    {
        var run = await CompareAsync(Rows(Make("salt", "key"), PseudonymEncoding.Json, reversible: true, Person), Rows(Make("salt", "other"), PseudonymEncoding.Json, reversible: true, Person));

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Differs));
        Assert.That(run.Output, Does.Contain("$.value[0].mail  the same hash, another reversible part\n").And.Contain("The salt is the same. The encryption keys differ"));
    }

    [Test]
    public async Task Another_row_is_named_by_its_place()
    {
        var run = await CompareAsync(Rows(Make("salt", "key"), PseudonymEncoding.UrlSafeToken, Person, Person), Rows(Make("salt", "key"), PseudonymEncoding.UrlSafeToken, Person, Somebody));

        Assert.That(run.Output, Does.StartWith("1 of 2 pseudonyms agree\n").And.Contain("  $.value[1].mail  another hash\n").And.Contain("the salt is. Look at the order of rows"));
    }

    [Test]
    public async Task What_one_answer_shows_in_the_clear_is_counted_and_not_shown()
    {
        using var pseudonymizer = Make("salt", "key");
        var token = pseudonymizer.Pseudonymize(Person, PseudonymEncoding.UrlSafeToken);
        var (old, made) = ($$"""{"mail":"{{token}}","other":"{{Person}}","{{Person}}":"{{token}}"}""", $$"""{"mail":"{{Person}}","other":"{{Somebody}}"}""");
        Assert.That(old + made, Does.Contain("kanarienvogel"), "it is there");

        var run = await CompareAsync(old, made);
        var json = await CompareAsync(old, made, "--json");

        Assert.That(run.Output, Does.StartWith("0 of 2 pseudonyms agree\n     2  a pseudonym in the old answer only\n     1  other values differ").And.Contain("  $.mail  ").And.Contain("  $[…]  "));
        Assert.That(JsonNode.Parse(json.Output)!.AsObject(), Has.Count.EqualTo(10));
        Assert.That(((bool)JsonNode.Parse(json.Output)!["agree"]!, (int)JsonNode.Parse(json.Output)!["onlyOld"]!), Is.EqualTo((false, 2)));
        Assert.That(run.Output + run.Error + json.Output, Does.Not.Contain("kanarienvogel").And.Not.Contain("sperling").And.Not.Contain("example.org").And.Not.Contain(token));
    }

    [Test]
    public async Task Lines_of_JSON_are_compared_line_by_line()
    {
        using var pseudonymizer = Make("salt", "key");
        var (one, two) = (Row(pseudonymizer, Person), Row(pseudonymizer, Somebody));

        Assert.That(await CompareAsync($"{one}\n{two}\n", $"{one}\n{two}"), Has.Property("ExitCode").EqualTo(ExitCode.Ok));
        var run = await CompareAsync($"{one}\n{two}\n", $"{one}\n");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Differs));
        Assert.That(run.Output, Does.Contain("  2: $.mail  a pseudonym in the old answer only\n"));
    }

    [TestCase("""{"value":[]}""", "there is no pseudonym in either file")]
    [TestCase("""{"mail":"kanarienvogel@example.org" """, "is not JSON: value 1 cannot be read")]
    public async Task What_cannot_be_compared_is_not_called_equal(string answer, string expected)
    {
        var run = await CompareAsync(answer, answer);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((ExitCode.Failed, "")));
        Assert.That(run.Error, Does.Contain(expected).And.Not.Contain("kanarienvogel"));
    }

    [TestCase("t~short")]
    [TestCase("t~" + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("""{"hash":"short"}""")]
    [TestCase("""{"hash":""")]
    [TestCase("[1]")]
    public void What_only_looks_like_a_pseudonym_is_none(string text) => Assert.That(Psoxy.Cli.Pseudonyms.SeenPseudonym.Read(text), Is.Null);

    private static Pseudonymizer Make(string salt, string key) => new(PseudonymKey.Create(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes(key)), new PseudonymOptions());

    private static string Row(Pseudonymizer pseudonymizer, string person) => JsonSerializer.Serialize(new { mail = pseudonymizer.Pseudonymize(person, PseudonymEncoding.Json) });

    private static string Rows(Pseudonymizer pseudonymizer, PseudonymEncoding form, params string[] people) => Rows(pseudonymizer, form, reversible: false, people);

    private static string Rows(Pseudonymizer pseudonymizer, PseudonymEncoding form, bool reversible, params string[] people)
    {
        using (pseudonymizer) return JsonSerializer.Serialize(new { value = people.Select(person => new { mail = pseudonymizer.Pseudonymize(person, form, includeReversible: reversible) }) });
    }

    private static async Task<CliRun> CompareAsync(string old, string made, params string[] options)
    {
        using var folder = new TemporaryFolder();
        return await CliRun.Of(["pseudonyms", "compare", folder.Write("old.json", old), folder.Write("new.json", made), .. options]);
    }
}
