using System.Collections.Immutable;

namespace Psoxy.Core.Rules;

/// <summary>How a rules file is read. The limits hold for any file, so that none can exhaust the process.</summary>
public sealed record RulesOptions
{
    /// <summary>The flags that <c>when</c> may name.</summary>
    public static readonly ImmutableHashSet<string> KnownFlags = ["pseudonymizeAppIds", "noGroups", "noOriginals"];

    /// <summary>The variant: flags that are on.</summary>
    public ImmutableHashSet<string> Flags { get; init; } = [];

    /// <summary>Size of the file in bytes.</summary>
    public int MaxBytes { get; init; } = 1 << 20;

    /// <summary>Nesting of YAML.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Values in the file.</summary>
    public int MaxNodes { get; init; } = 100_000;

    /// <summary>Endpoints in the file.</summary>
    public int MaxEndpoints { get; init; } = 500;

    /// <summary>Definitions in the file, or in one response schema.</summary>
    public int MaxDefinitions { get; init; } = 1000;

    /// <summary>Treatments in the file.</summary>
    public int MaxTreatments { get; init; } = 1000;

    /// <summary>JSON paths that the transforms of all endpoints have together, treatments expanded.</summary>
    public int MaxPaths { get; init; } = 100_000;

    /// <summary>Schemas that all endpoints have together, definitions resolved.</summary>
    public int MaxSchemas { get; init; } = 100_000;

    /// <summary>Different regexes in the file.</summary>
    public int MaxRegexes { get; init; } = 1000;

    /// <summary>Characters that they have together, as translated for .NET.</summary>
    public int MaxRegexLength { get; init; } = 1 << 20;

    /// <summary>Errors reported before reading is given up.</summary>
    public int MaxErrors { get; init; } = 200;
}
