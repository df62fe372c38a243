using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph;

/// <summary>What all made-up data is made of: times, ids and shapes.</summary>
internal static class Synthetic
{
    /// <summary>When the tenant's first week at work begins, a Monday.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The tenant's id in the data, which is the same in every run.</summary>
    public const string TenantId = "d0000000-5fad-4d73-a9f5-000000000001";

    public static string Stamp(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Outlook's time: without offset, its zone beside it.</summary>
    public static JsonObject Time(DateTimeOffset time, string zone = "UTC") => new() { ["dateTime"] = time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture), ["timeZone"] = zone };

    /// <summary>An id of the directory.</summary>
    public static string Id(int kind, int index) => string.Create(CultureInfo.InvariantCulture, $"{kind:x8}-5fad-4d73-a9f5-{index:x12}");

    /// <summary>An opaque id, as long as Exchange's and SharePoint's are: the same parts give the same id.</summary>
    public static string Opaque(string prefix, params ReadOnlySpan<int> parts)
    {
        var text = new StringBuilder(prefix);
        foreach (var part in parts) text.Append(CultureInfo.InvariantCulture, $"{part:D6}");
        return text.ToString();
    }

    /// <summary>JSON as it is written down; what is interpolated must need no escape.</summary>
    public static JsonObject Shape(string json) => (JsonObject)JsonNode.Parse(json)!;

    public static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);

    /// <summary>A copy that says its type first.</summary>
    public static JsonObject Typed(JsonObject entity, string type)
    {
        var copy = new JsonObject { ["@odata.type"] = type };
        foreach (var (name, value) in entity) copy[name] = value?.DeepClone();
        return copy;
    }
}
