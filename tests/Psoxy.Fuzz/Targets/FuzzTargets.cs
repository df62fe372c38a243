using System.Collections.Immutable;
using Psoxy.Fuzz.Engine;

namespace Psoxy.Fuzz.Targets;

/// <summary>Every parser of ours that reads what others write.</summary>
internal static class FuzzTargets
{
    public static readonly ImmutableArray<string> Names = ["json", "url", "odata", "yaml", "token", "email", "link"];

    public static FuzzTarget Create(string name) => name switch
    {
        "json" => new JsonTarget(),
        "url" => new UrlTarget(),
        "odata" => new ODataTarget(),
        "yaml" => new YamlTarget(),
        "token" => new TokenTarget(),
        "email" => new EmailTarget(),
        "link" => new LinkTarget(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such target"),
    };
}
