using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Psoxy.Emulator.Graph;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary>The part of Graph in which applications are made and granted what they may do. One request at a time, as far as a test can tell.</summary>
internal sealed class DirectoryServer(TenantDirectory directory, Tenant tenant)
{
    private readonly ApplicationRoutes _applications = new(directory);
    private readonly PrincipalRoutes _principals = new(directory);

    /// <summary>Whether the path is the directory's. People are only as long as somebody who signed in asks.</summary>
    public static bool Takes(string path, JsonObject claims) =>
        Segments(path) is [var first, ..] && (first is "applications" or "servicePrincipals" or "directory" || ((string?)claims["idtyp"] == "user" && first is "me" or "users"));

    public async Task AnswerAsync(HttpContext context, string version, string path, string host, JsonObject claims, Func<HttpContext, JsonObject, Task> write)
    {
        var request = await DirectoryRequest.ReadAsync(context, new DirectoryCaller(claims), $"https://{host}/{version}");
        var (cut, doFirst) = directory.Take();
        if (cut && !doFirst)
        {
            context.Abort();
            return;
        }

        DirectoryAnswer answer;
        lock (directory.Lock) answer = Answer(request, Segments(path));
        if (cut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        if (answer.Body is { } body) await write(context, body);
    }

    private DirectoryAnswer Answer(DirectoryRequest request, string[] path) => (request.Method, path) switch
    {
        (_, ["applications", .. var rest]) => _applications.Answer(request, rest),
        (_, ["servicePrincipals", .. var rest]) => _principals.Answer(request, rest),
        ("GET", ["directory", "deletedItems", "microsoft.graph.application"]) => new(200, request.List(directory.Deleted.Select(application => application.Body), "applications")),
        ("DELETE", ["directory", "deletedItems", var id]) => Purge(request, id),
        ("GET", ["me"]) when !request.Caller.IsApplication => new(200, request.Entity(Person(request.Caller.ObjectId), "users")),
        ("GET", ["users", var key]) => new(200, request.Entity(Person(key), "users")),
        _ => throw DirectoryRequest.Bad("Resource not found for the segment."),
    };

    private DirectoryAnswer Purge(DirectoryRequest request, string id)
    {
        var deleted = directory.Deleted.Find(application => application.Id == id) ?? throw DirectoryRequest.Missing(id);
        request.Caller.MustWrite(deleted.Owners);
        directory.Deleted.Remove(deleted);
        return DirectoryAnswer.NoContent;
    }

    private JsonObject Person(string key) => tenant.Users.FirstOrDefault(user => (string?)user["id"] == key || string.Equals((string?)user["userPrincipalName"], key, StringComparison.OrdinalIgnoreCase)) ?? throw DirectoryRequest.Missing(key);

    // applications(appId='x') is applications/appId=x, applications('x') is applications/x.
    private static string[] Segments(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            var open = segment.IndexOf('(', StringComparison.Ordinal);
            if (open > 0 && segment.EndsWith(')')) segments.AddRange([segment[..open], segment[(open + 1)..^1].Replace("='", "=", StringComparison.Ordinal).Trim('\'').Replace("''", "'", StringComparison.Ordinal)]);
            else segments.Add(segment);
        }

        return [.. segments];
    }
}
