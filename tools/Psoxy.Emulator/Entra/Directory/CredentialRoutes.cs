using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary><c>/applications/{id}/federatedIdentityCredentials</c>.</summary>
internal sealed class CredentialRoutes(DirectoryApplication application)
{
    private const int Most = 20;

    public DirectoryAnswer Answer(DirectoryRequest request, string[] path)
    {
        if (request.Method == "GET") request.Caller.MustRead();
        else request.Caller.MustWrite(application.Owners);
        switch (request.Method, path)
        {
            case ("GET", []):
                return new(200, request.List(application.Credentials, "federatedIdentityCredentials"));
            case ("GET", [var key]):
                return new(200, request.Entity(Find(key), "federatedIdentityCredentials"));
            case ("POST", []):
                return new(201, request.Entity(Create(request), "federatedIdentityCredentials"));
            case ("PATCH", [var key]):
                Change(Find(key), request);
                return DirectoryAnswer.NoContent;
            case ("DELETE", [var key]):
                application.Credentials.Remove(Find(key));
                return DirectoryAnswer.NoContent;
            default:
                throw DirectoryRequest.Bad("Resource not found for the segment.");
        }
    }

    private JsonObject Create(DirectoryRequest request)
    {
        var name = request.Text("name");
        if (name.Length is < 3 or > 120 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || !char.IsAsciiLetterOrDigit(name[0])) throw DirectoryRequest.Bad($"Federated Identity Credential name '{name}' is invalid.");
        if (application.Credentials.Exists(known => (string?)known["name"] == name)) throw new GraphErrorException(409, "Request_MultipleObjectsWithSameKeyValue", $"FederatedIdentityCredential with name {name} already exists.");
        if (application.Credentials.Count >= Most) throw new GraphErrorException(403, "Directory_QuotaExceeded", $"The directory object quota limit for the Principal has been exceeded: {Most} federated identity credentials.");
        var credential = TenantDirectory.Credential(name, request.Text("issuer"), request.Text("subject"), Audience(request.Json["audiences"]));
        credential["description"] = request.Json["description"]?.DeepClone();
        Check(credential);
        application.Credentials.Add(credential);
        return credential;
    }

    private void Change(JsonObject credential, DirectoryRequest request)
    {
        var changed = credential.DeepClone().AsObject();
        foreach (var (name, value) in request.Json)
        {
            if (name is not ("issuer" or "subject" or "audiences" or "description")) throw DirectoryRequest.Bad($"Property '{name}' is read-only and cannot be set.");
            changed[name] = value?.DeepClone();
        }

        _ = Audience(changed["audiences"]);
        Check(changed);
        foreach (var (name, value) in changed) credential[name] = value?.DeepClone();
    }

    // Compared byte for byte.
    private void Check(JsonObject credential)
    {
        foreach (var name in (string[])["issuer", "subject"])
            if ((string?)credential[name] is not { Length: > 0 and <= 600 }) throw DirectoryRequest.Bad("Federated Identity Credential from HTTP body has empty properties");
        if (application.Credentials.Exists(known => (string?)known["id"] != (string?)credential["id"] && (string?)known["issuer"] == (string?)credential["issuer"] && (string?)known["subject"] == (string?)credential["subject"]))
            throw new GraphErrorException(409, "Request_MultipleObjectsWithSameKeyValue", "Issuer and subject combination already exists for this application.");
    }

    private static string Audience(JsonNode? audiences) => audiences is JsonArray { Count: 1 } one && (string?)one[0] is { Length: > 0 and <= 600 } audience
        ? audience
        : throw DirectoryRequest.Bad("Federated identity credentials must have exactly one audience.");

    private JsonObject Find(string key) => application.Credentials.Find(credential => (string?)credential["id"] == key || (string?)credential["name"] == key || key == $"name={credential["name"]}") ?? throw DirectoryRequest.Missing(key);
}
