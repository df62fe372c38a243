using Psoxy.Core.Connectors;

namespace Psoxy.Gcp;

/// <summary>Which connector a function class serves.</summary>
internal static class FunctionConnector
{
    /// <summary>The connector of FUNCTION_TARGET; SOURCE must name the same one.</summary>
    /// <exception cref="InvalidOperationException">They disagree, or name none.</exception>
    public static Connector Of(Func<string, string?> environment)
    {
        var target = environment("FUNCTION_TARGET");
        var source = environment("SOURCE");

        // What is mostly so needs one connector's file; the others are read for the message's sake.
        if (!string.IsNullOrEmpty(source) && ConnectorCatalog.Find(source) is { } named && named.FunctionClass == target) return named;
        var served = ConnectorCatalog.All.FirstOrDefault(connector => connector.FunctionClass == target);
        var known = string.Join(", ", ConnectorCatalog.All.Select(connector => $"{connector.FunctionClass} ({connector.Id})"));
        if (served is null) throw new InvalidOperationException($"FUNCTION_TARGET is '{target}', which serves no connector. Set it to one of: {known}.");
        if (string.IsNullOrEmpty(source)) throw new InvalidOperationException($"SOURCE is not set. {target} serves SOURCE={served.Id}.");
        return ConnectorCatalog.Find(source) == served
            ? served
            : throw new InvalidOperationException($"SOURCE is '{source}', but {target} serves '{served.Id}'. Set SOURCE={served.Id}, or deploy another function class: {known}.");
    }
}
