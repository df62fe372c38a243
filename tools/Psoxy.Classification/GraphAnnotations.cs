using System.Collections.Immutable;

namespace Psoxy.Classification;

/// <summary>What OData adds to an answer, by name from the <c>@</c> on.</summary>
/// <param name="Page">Beside the <c>value</c> of a page.</param>
/// <param name="Entity">On an object.</param>
/// <param name="Property">With the name of a property before it.</param>
public sealed record GraphAnnotations(
    ImmutableSortedDictionary<string, ClassifiedProperty> Page,
    ImmutableSortedDictionary<string, ClassifiedProperty> Entity,
    ImmutableSortedDictionary<string, ClassifiedProperty> Property);
