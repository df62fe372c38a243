using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Log;

/// <summary>A text that is ours: of a rules file, a connector's folder or this program. There is no way to make one of what a caller or a source has sent.</summary>
internal readonly struct OwnText
{
    private readonly string? _text;

    private OwnText(string? text) => _text = text;

    /// <summary>The text; <c>null</c> where there is none.</summary>
    public string? Value => _text;

    /// <summary>The connector's id.</summary>
    public static OwnText Of(Connector connector) => new(connector.Id);

    /// <summary>The endpoint's template or regex.</summary>
    public static OwnText Of(Endpoint? endpoint) => new(endpoint?.Name);

    /// <summary>The parameter or option that the gate names: from the rules file, or OData's own word.</summary>
    public static OwnText Of(in Decision decision) => new(decision.Detail);

    /// <summary>SHA-1 of the rules in force.</summary>
    public static OwnText Of(RuleSet? rules) => new(rules?.Sha1);

    /// <summary>Graph's error code, if it is one that we know: any other is the source's own text.</summary>
    public static OwnText Of(SourceError? error) => error is null ? default : new(SourceErrorCodes.Known.TryGetValue(error.Code, out var known) ? known : "other");

    public override string ToString() => _text ?? "";
}
