using System.Collections.Immutable;

namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>A text of a kind that rules treat apart from others, with a canary in the place where a person would be.</summary>
/// <param name="Name">For people.</param>
/// <param name="Secret">Whether the canary is a password, which no reduction may leave; an id, which may be left where it is no person's, never holds one.</param>
/// <param name="Text">The text around the canary.</param>
internal sealed record TextKind(string Name, bool Secret, Func<string, string> Text)
{
    public static readonly TextKind Bare = new("bare word", false, canary => canary);

    public static readonly TextKind PagingLink = new(
        "paging link",
        false,
        canary => $"https://graph.example/v1.0/users/{canary}@contoso.example/messages?$skiptoken={canary}&$filter=mail%20eq%20%27{canary}%27&other={canary}");

    public static readonly ImmutableArray<TextKind> All =
    [
        Bare,
        new("address", false, canary => $"ines.{canary}@contoso.example"),
        new("mailbox", false, canary => $"\"Ines {canary}\" <ines.{canary}@contoso.example>"),
        new("proxy address", false, canary => $"SMTP:ines.{canary}@contoso.example"),
        new("proxy address of another kind", false, canary => $"smtp:ines.{canary}@contoso.example"),
        new("other proxy address", false, canary => $"x500:/o=Contoso/cn={canary}"),
        new("title", false, canary => $"Focus Time: 1:1 with {canary}, then lunch"),
        new("meeting link", true, canary => $"Join https://contoso.zoom.us/j/9176?pwd={canary} or https://teams.example/l/meetup-join/1?PWD={canary}&x=1"),
        new("meeting link that tells its number", false, canary => $"https://contoso.zoom.us/j/{canary}"),
        new("chat of two", false, canary => $"19:{canary}_5fad4d73@unq.gbl.spaces"),
        PagingLink,
        new("JSON in a text", false, canary => $$"""{"text":"{{canary}}","body":[{"text":"{{canary}}"}],"name":"{{canary}}"}"""),
        new("letters of all kinds", false, canary => $"Žofie \"{canary}\" \\ 東京\t{canary} 😀"),
    ];
}
