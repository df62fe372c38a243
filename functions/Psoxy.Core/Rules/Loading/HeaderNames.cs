using System.Buffers;
using System.Collections.Immutable;

namespace Psoxy.Core.Rules.Loading;

/// <summary>Reads the names of headers that a caller may send through to the source.</summary>
internal static class HeaderNames
{
    // RFC 9110, section 5.6.2: what a field name may hold.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // Ours, or the connection's: a caller that could set them would speak to the source as somebody else, or split the request.
    private static readonly string[] Reserved =
    [
        "Authorization", "Connection", "Content-Length", "Cookie", "Expect", "Host", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "X-Serverless-Authorization",
    ];

    // Sources read these instead of the request line: a GET that the rules allow would delete.
    private static readonly string[] Methods = ["X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"];

    public static ImmutableArray<string> Read(NodeReader read, YamlNode node, string what)
    {
        var names = read.Texts(node, what, allowEmpty: true);
        foreach (var name in names)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters)) read.Fail(node, $"'{NodeReader.Cut(name)}' in {what} is not the name of a header");
            else if (Reserved.Contains(name, StringComparer.OrdinalIgnoreCase)) read.Fail(node, $"'{name}' in {what} is refused: the proxy sets it itself");
            else if (Methods.Contains(name, StringComparer.OrdinalIgnoreCase))
                read.Fail(node, $"'{name}' in {what} is refused: the source might take it for the method, which the rules have judged");
        }

        return names;
    }
}
