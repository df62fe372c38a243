namespace Psoxy.Core.Connectors;

/// <summary>What a person, a test or a page needs to know of an endpoint beside its rules.</summary>
public sealed record ConnectorEndpoint
{
    /// <summary>As the rules file spells it: the endpoint's name.</summary>
    public required string Path { get; init; }

    /// <summary>Graph's type of what is returned, or of each item, e.g. <c>user</c> or <c>callRecords.callRecord</c>.</summary>
    public required string Returns { get; init; }

    /// <summary>Whether it returns a page of them.</summary>
    public required bool IsCollection { get; init; }

    /// <summary>The permission that Graph asks for, one of the connector's.</summary>
    public required string Permission { get; init; }

    /// <summary>Name of its example in the folders <c>examples/original</c> and <c>examples/sanitized</c>, without extension.</summary>
    public required string Example { get; init; }

    /// <summary>A request, as path and query, as clients write it. The rules of the default variant allow it.</summary>
    public required string Request { get; init; }

    /// <summary>The parameter of the path that names a mailbox, where the endpoint reads one: its server lets an application read a mailbox a few times at once only.</summary>
    public string? Mailbox { get; init; }
}
