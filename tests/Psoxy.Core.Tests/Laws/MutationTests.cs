using System.Text;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Laws.Canaries;

namespace Psoxy.Core.Tests.Laws;

/// <summary>The laws themselves are tried: each break of the rules, on purpose, turns the laws red that should see it, and no break goes unseen.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MutationTests
{
    private static readonly (string Name, Func<ConnectorCase, IEnumerable<string>> Broken)[] Laws =
    [
        ("canaries", of => CanaryLaws.OfTwist(of, Twist.None)),
        ("twisted canaries", of => Enum.GetValues<Twist>().Where(twist => twist != Twist.None).SelectMany(twist => CanaryLaws.OfTwist(of, twist))),
        ("output", OutputLaws.Of),
        ("idempotence", IdempotenceLaws.Of),
        ("links", of => of.Declared.IsCollection ? LinkLaws.Of(of) : []),
        ("tokens", TokenLaws.Of),
        ("queries", QueryLaws.Of),
        ("paths", PathLaws.Of),
        ("wrong shapes", WrongShapeLaws.Of),
    ];

    private static IEnumerable<TestCaseData> Mutations()
    {
        // A hidden property becomes visible.
        yield return Mutation("subject is listed and not redacted", "sent-messages message", "canaries, twisted canaries, output, queries", ("[$..subject, $..body, ", "[$..body, "), ("conversationId: {type: string}", "conversationId: {type: string}\n      subject: {type: string}"));
        yield return Mutation("a user's display name is listed and not redacted", "users group-members", "canaries, output, queries", ("[$..displayName, $..aboutMe", "[$..aboutMe"), ("userType: {type: string}", "userType: {type: string}\n      displayName: {type: string}"));
        yield return Mutation("the mail of users is not pseudonymized", "user", "canaries, output, queries", ("'$..imAddresses[*]', $..mail, ", "'$..imAddresses[*]', "));
        yield return Mutation("recipients are not pseudonymized", "sent-messages", "canaries, output, queries", ("[$..emailAddress.address]", "[$..nothing]"));
        yield return Mutation("only some recipients are pseudonymized", "sent-messages", "canaries, output, queries", ("[$..emailAddress.address]", "[$..from.emailAddress.address, $..sender.emailAddress.address, '$..toRecipients[*].emailAddress.address']"));
        yield return Mutation("proxy addresses are matched in one case", "user groups", "canaries", ("'(?i)^smtp:(.*)$'", "'^smtp:|(?<=SMTP:)\\\\Z'"));
        yield return Mutation("proxy addresses are cut in part", "user group", "canaries", ("'(?i)^smtp:(.*)$'", "'(?i)^smtp:(.).*$'"));
        yield return Mutation("texts of automatic replies are listed and not redacted", "user", "canaries, output, queries", (",\n        $..internalReplyMessage, $..externalReplyMessage]", "]"), ("externalAudience: {type: string}", "externalAudience: {type: string}\n          internalReplyMessage: {type: string}"));
        yield return Mutation("a schema has no type for an object", "mailbox-settings", "canaries", ("automaticRepliesSetting:\n        type: object", "automaticRepliesSetting:\n        type: string"));
        yield return Mutation("an object may be a text", "message", "twisted canaries", ("flag:\n        type: object", "flag:\n        anyOf:\n          - {if: {properties: {flagStatus: {const: x}}}, then: {type: object}}\n          - {type: string}\n      flag2:\n        type: object"));

        // A kept property is lost.
        yield return Mutation("a kept property is not listed", "user", "canaries, queries", ("      department: {type: string}\n", ""));

        // Ids and links.
        yield return Mutation("ids are not tokenized", "user", "canaries, output, queries", ("- !<tokenize>\n      when: pseudonymizeAppIds\n      jsonPaths: [$..id]", "- !<tokenize>\n      when: pseudonymizeAppIds\n      jsonPaths: [$..nothing]"));
        yield return Mutation("members keep their ids", "group-members", "canaries, output, queries", ("- !<pseudonymize>\n      when: pseudonymizeAppIds\n      jsonPaths: [$..id]", "- !<pseudonymize>\n      when: pseudonymizeAppIds\n      jsonPaths: [$..nothing]"));
        yield return Mutation("links are not sealed", "users", "canaries, links", ("- !<sealPagingLink>\n      jsonPaths: [\"$['@odata.nextLink']\", \"$['@odata.prevLink']\", \"$['@odata.deltaLink']\"]", "- !<redactRegexMatches>\n      jsonPaths: [\"$['@odata.nextLink']\", \"$['@odata.prevLink']\", \"$['@odata.deltaLink']\"]\n      redactions: ['^x']"));
        yield return Mutation("one of the links is not sealed", "groups", "canaries, links", ("\"$['@odata.nextLink']\", \"$['@odata.prevLink']\", \"$['@odata.deltaLink']\"]", "\"$['@odata.nextLink']\", \"$['@odata.prevLink']\"]"));
        yield return Mutation("the user in a link stays", "sent-messages", "links", ("- !<tokenize>\n      when: pseudonymizeAppIds\n      jsonPaths: [\"$['@odata.nextLink']\"", "- !<tokenize>\n      when: noOriginals\n      jsonPaths: [\"$['@odata.nextLink']\""));
        yield return Mutation("place marks are not taken back", "users", "links", ("allowedQueryParams: [$top, $select, $skiptoken, $orderBy, $count, $filter]", "allowedQueryParams: [$top, $select, $orderBy, $count, $filter]"));

        // Requests.
        yield return Mutation("any id is taken for a message", "message", "paths", ("messageId: {pattern: '[A-Za-z0-9_=-]{8,}'}", "messageId: {pattern: '.*'}"));
        yield return Mutation("other methods are allowed", "user", "paths", ("- pathTemplate: /v1.0/users/{userId}\n", "- pathTemplate: /v1.0/users/{userId}\n    allowedMethods: [GET, HEAD, POST]\n"));
        yield return Mutation("an endpoint loses its schema", "mailbox-settings", "canaries, twisted canaries, output, queries, wrong shapes", ("allowedQueryParams: [$select]\n    responseSchema: {$ref: '#/definitions/MailboxSettings'}", "allowedQueryParams: [$select]"));
    }

    [TestCaseSource(nameof(Mutations))]
    public void A_break_is_seen(string name, string examples, string laws, (string From, string To)[] changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(examples);
        var red = Red(examples.Split(' '), changes).ToList();
        TestContext.Progress.WriteLine($"{name,-60}{string.Join(", ", red)}");

        Assert.That(red, Is.SupersetOf(laws.Split(", ")), name);
    }

    private static IEnumerable<string> Red(string[] examples, (string From, string To)[] changes)
    {
        var connector = ConnectorCatalog.Find("outlook-mail")!;
        var rules = Encoding.UTF8.GetString(connector.RulesYaml.Span);
        foreach (var (from, to) in changes)
        {
            Assert.That(rules, Does.Contain(from), "the rules do not have this line any more");
            rules = rules.Replace(from, to, StringComparison.Ordinal);
        }

        var broken = connector with { RulesYaml = Encoding.UTF8.GetBytes(rules) };
        foreach (var variant in broken.Variants)
            Assert.That(RulesLoader.Load(broken.RulesYaml, "broken on purpose", new RulesOptions { Flags = variant.Flags }).Errors, Is.Empty);
        var cases = ConnectorCase.Of(broken)
            .Where(each => each.Variant.Name is Connector.DefaultVariant or "pseudonymizeAppIds" && examples.Contains(each.Declared.Example)).ToList();
        return Laws.Where(law => cases.Any(each => law.Broken(each).Any())).Select(law => law.Name);
    }

    private static TestCaseData Mutation(string name, string examples, string laws, params (string From, string To)[] changes) =>
        new TestCaseData(name, examples, laws, changes).SetArgDisplayNames(name);
}
