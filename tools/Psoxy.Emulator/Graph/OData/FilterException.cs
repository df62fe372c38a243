namespace Psoxy.Emulator.Graph.OData;

/// <summary>A filter or an order that cannot be read. Each workload says so with a code of its own.</summary>
internal sealed class FilterException(string message) : Exception(message);
