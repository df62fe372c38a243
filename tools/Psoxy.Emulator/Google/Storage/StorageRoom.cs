using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Net.Http.Headers;
using Psoxy.Emulator.Google.Calls;

namespace Psoxy.Emulator.Google.Storage;

/// <summary>Buckets as <c>gcloud builds submit</c> uses them, and the signed URL to which a function's source goes.</summary>
internal sealed class StorageRoom(GoogleCloud cloud)
{
    private readonly Dictionary<string, Dictionary<string, byte[]>> _buckets = new(StringComparer.Ordinal);

    public void Map(CloudRoutes routes)
    {
        routes.Get("/storage/v1/b", call =>
        {
            call.Demand("storage.buckets.list");
            return new JsonObject { ["kind"] = "storage#buckets", ["items"] = new JsonArray([.. _buckets.Keys.Where(name => name.StartsWith(call.Query("prefix"), StringComparison.Ordinal)).Select(Show)]) };
        });
        routes.Get("/storage/v1/b/{bucket}", call =>
        {
            call.Demand("storage.buckets.get", call["bucket"]);
            return _buckets.ContainsKey(call["bucket"]) ? Show(call["bucket"]) : throw CloudException.NotFound("The specified bucket does not exist.");
        });
        routes.Post("/storage/v1/b", call =>
        {
            call.Demand("storage.buckets.create");
            var name = (string?)call.Body["name"] ?? "";
            if (!_buckets.TryAdd(name, new(StringComparer.Ordinal))) throw CloudException.AlreadyExists("Your previous request to create the named bucket succeeded and you already own it.");
            return Show(name);
        });
        routes.Post("/upload/storage/v1/b/{bucket}/o", Upload);
        routes.Put(SignedUploads.Prefix + "/{name}", call =>
            cloud.Uploads.TryPut(call["name"], call.Raw) ? new JsonObject() : throw CloudException.NotFound("The specified upload does not exist."));
    }

    /// <summary>An object's bytes; <c>null</c> if it does not exist.</summary>
    public byte[]? Find(string bucket, string name) => _buckets.GetValueOrDefault(bucket)?.GetValueOrDefault(name);

    private JsonObject Upload(CloudCall call)
    {
        call.Demand("storage.objects.create", call["bucket"]);
        if (!_buckets.TryGetValue(call["bucket"], out var bucket)) throw CloudException.NotFound("The specified bucket does not exist.");
        var data = Media(call);
        bucket[call.Query("name")] = data;
        return new()
        {
            ["kind"] = "storage#object",
            ["name"] = call.Query("name"),
            ["bucket"] = call["bucket"],
            ["generation"] = "1732443426000000",
            ["size"] = data.Length.ToString(CultureInfo.InvariantCulture),
        };
    }

    // The second part of two. gcloud ends lines with a bare line feed, which no reader of multipart takes.
    private static byte[] Media(CloudCall call)
    {
        var boundary = MediaTypeHeaderValue.TryParse(call.Context.Request.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Boundary).Value : null;
        if (call.Query("uploadType") != "multipart" || boundary is null) return call.Raw;
        var raw = call.Raw.AsSpan();
        var mark = Encoding.ASCII.GetBytes("--" + boundary);
        var blank = "\n\n"u8;
        var second = raw[1..].IndexOf(mark) + 1;
        var start = second + raw[second..].IndexOf(blank) + blank.Length;
        var end = raw[start..].IndexOf([(byte)'\n', .. mark]);
        return second <= 0 || end < 0 ? throw CloudException.Invalid("Malformed multipart body.") : raw.Slice(start, end).ToArray();
    }

    private JsonObject Show(string name) => new() { ["kind"] = "storage#bucket", ["id"] = name, ["name"] = name, ["projectNumber"] = cloud.Options.ProjectNumber, ["location"] = "US", ["storageClass"] = "STANDARD" };
}
