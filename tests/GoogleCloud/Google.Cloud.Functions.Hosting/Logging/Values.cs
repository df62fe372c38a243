using System.Globalization;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>How values of log entries and scopes become text.</summary>
internal static class Values
{
    internal static string Invariant(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>The named values of a state or scope; null where it has none.</summary>
    internal static IReadOnlyList<KeyValuePair<string, object?>>? Pairs(object? state) =>
        (state as IEnumerable<KeyValuePair<string, object?>>)?.ToList();
}
