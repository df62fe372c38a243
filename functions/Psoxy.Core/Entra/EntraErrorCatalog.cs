using System.Collections.Frozen;
using System.Collections.Immutable;
using Psoxy.Core.Connectors;

namespace Psoxy.Core.Entra;

/// <summary>The errors of Entra that this build knows. Read when the first one is looked up: a start needs none.</summary>
public static class EntraErrorCatalog
{
    private const string Resource = "connectors/entra-errors.yaml";

    private static readonly Lazy<ImmutableArray<EntraError>> Errors = new(() => EntraErrorReader.Read(Resource, EmbeddedFile.Read(Resource)));
    private static readonly Lazy<FrozenDictionary<int, EntraError>> ByCode = new(() => Errors.Value.ToFrozenDictionary(error => error.Code));

    /// <summary>All of them, in the order of the file.</summary>
    public static ImmutableArray<EntraError> All => Errors.Value;

    /// <summary>The error of a code, or <c>null</c>.</summary>
    /// <param name="code">The number after <c>AADSTS</c>.</param>
    public static EntraError? Find(int code) => ByCode.Value.GetValueOrDefault(code);
}
