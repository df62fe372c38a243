using Psoxy.Core.Rules;

namespace Psoxy.Core.Tests.Rules;

public sealed class PathTemplateTests
{
    // Segments between blanks, {} around parameters, ? behind optional ones.
    [TestCase("/", null)]
    [TestCase("/v1.0/users", "v1.0 users")]
    [TestCase("/v1.0/users/{userId}/messages/{message_id}", "v1.0 users {userId} messages {message_id}")]
    [TestCase("/a/{id?}", "a {id?}")]
    [TestCase("/f(a={a},b={b})", "f(a={a},b={b})")]
    [TestCase("/mailFolders('SentItems')/x", "mailFolders('SentItems') x")]
    [TestCase("/$a'(),:@=!*~-._z9", "$a'(),:@=!*~-._z9")]
    [TestCase("/a b+c&d;e%\"<>|^`[]", "a%20b%2Bc%26d%3Be%25%22%3C%3E%7C%5E%60%5B%5D")]
    [TestCase("/ä😀", "%C3%A4%F0%9F%98%80")]
    public void Literals_are_kept_in_canonical_encoding(string template, string? expected)
    {
        if (expected is null)
        {
            Assert.That(Error(template), Does.EndWith("an empty segment ('//' or '/' at the end) matches no request"));
            return;
        }

        var path = (PathTemplate)Loads.Rules($"endpoints: [{{pathTemplate: '{template.Replace("'", "''", StringComparison.Ordinal)}'}}]").Endpoints.Single().Path;

        Assert.That(path.Text, Is.EqualTo(template));
        Assert.That(string.Join(' ', path.Segments.Select(segment => string.Concat(segment.Parts.Select(Show)))), Is.EqualTo(expected));
    }

    [TestCase("v1.0/users", "a path template begins with '/'")]
    [TestCase("/users//", "an empty segment ('//' or '/' at the end) matches no request")]
    [TestCase("/users/{}", "expected '{name}' or '{name?}', the name of letters, digits, '_' or '-'")]
    [TestCase("/users/{a", "expected '{name}' or '{name?}', the name of letters, digits, '_' or '-'")]
    [TestCase("/users/{a b}", "expected '{name}' or '{name?}', the name of letters, digits, '_' or '-'")]
    [TestCase("/users/a}", "a '}' without a '{'")]
    [TestCase("/users/{a}{b}", "two parameters touch, so that nobody can say where one ends")]
    [TestCase("/{a}/{a}", "the parameter 'a' stands there twice")]
    [TestCase("/a?b=c", "a path template has no query: list it in 'allowedQueryParams'")]
    [TestCase("/a#b", "a path template has no '#'")]
    [TestCase("/a/../b", "a segment '.' or '..' matches no request")]
    public void Rejects_what_no_request_could_match(string template, string expected) => Assert.That(Error(template), Is.EqualTo($"rules.yaml:1:28: {template}: 'pathTemplate' '{template}': {expected}"));

    private static string Error(string template) => Loads.Errors($"endpoints: [{{pathTemplate: '{template}'}}]").Single();

    private static string Show(TemplatePart part) => part switch
    {
        TemplateLiteral literal => literal.Text,
        TemplateParameter { Optional: true } parameter => $"{{{parameter.Name}?}}",
        TemplateParameter parameter => $"{{{parameter.Name}}}",
        _ => "",
    };
}
