using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary><c>/applications/{id}/owners</c>.</summary>
internal sealed class OwnerRoutes(List<string> owners)
{
    public DirectoryAnswer Answer(DirectoryRequest request, string[] path)
    {
        switch (request.Method, path)
        {
            case ("GET", []):
                request.Caller.MustRead();
                return new(200, request.List(owners.Select(owner => new JsonObject { ["@odata.type"] = "#microsoft.graph.user", ["id"] = owner }), "directoryObjects"));
            case ("POST", ["$ref"]):
                request.Caller.MustAddOwners(owners);
                var id = request.Text("@odata.id").Split('/')[^1];
                if (owners.Contains(id)) throw DirectoryRequest.Bad("One or more added object references already exist for the following modified properties: 'owners'.");
                owners.Add(id);
                return DirectoryAnswer.NoContent;
            case ("DELETE", [var owner, "$ref"]):
                request.Caller.MustWrite(owners);
                return owners.Remove(owner) ? DirectoryAnswer.NoContent : throw DirectoryRequest.Missing(owner);
            default:
                throw DirectoryRequest.Bad("Resource not found for the segment.");
        }
    }
}
