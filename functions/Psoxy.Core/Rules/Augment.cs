using System.Collections.Immutable;

namespace Psoxy.Core.Rules;

/// <summary><c>textDigest</c>: adds <c>+name:textDigest</c> beside each string that a path matches. Section 5 of rules-language.</summary>
/// <param name="JsonPaths">Which strings.</param>
/// <param name="InnerPath">Where the string is itself JSON, which of its strings are digested; else <c>null</c>.</param>
/// <param name="InnerSchema">What stays of the JSON in the string once its texts are digested; all of it where <c>null</c>.</param>
/// <param name="Digest">What is counted.</param>
public sealed record Augment(ImmutableArray<JsonPath> JsonPaths, JsonPath? InnerPath, ResponseSchema? InnerSchema, TextDigest Digest);

/// <summary>What a digest of a text counts besides its length and its words.</summary>
/// <param name="Keywords">Counted one by one; empty for none.</param>
public sealed record TextDigest(ImmutableArray<string> Keywords);
