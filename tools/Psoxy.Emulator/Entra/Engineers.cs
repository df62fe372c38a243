using System.Text.Json.Nodes;
using Psoxy.Emulator.Entra.Directory;
using Psoxy.Emulator.Tokens;

namespace Psoxy.Emulator.Entra;

/// <summary>Graph tokens of people who set up applications, and of automation that does.</summary>
public sealed class Engineers
{
    private const string Scopes = "Application.ReadWrite.All AppRoleAssignment.ReadWrite.All Directory.AccessAsUser.All User.Read";
    private readonly EmulatorOptions _options;
    private readonly TokenSigner _entra;

    internal Engineers(EmulatorOptions options, TokenSigner entra, string someone) => (_options, _entra, DeviceUser) = (options, entra, someone);

    /// <summary>Object id of whoever signs in with a device code.</summary>
    public string DeviceUser { get; set; }

    /// <summary>The role that they have.</summary>
    public DirectoryRole DeviceRole { get; set; } = DirectoryRole.ApplicationAdministrator;

    /// <summary>A delegated token, good for an hour.</summary>
    /// <param name="userId">Object id of a person.</param>
    /// <param name="role">A role of theirs.</param>
    public string Token(string userId, DirectoryRole role) => Sign(userId, new JsonObject { ["idtyp"] = "user", ["scp"] = Scopes, ["role"] = role.ToString() });

    /// <summary>A token of an application's own.</summary>
    /// <param name="principalId">Object id of its service principal.</param>
    /// <param name="roles">Graph's application permissions.</param>
    public string ApplicationToken(string principalId, params IEnumerable<string> roles) =>
        Sign(principalId, new JsonObject { ["idtyp"] = "app", ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]) });

    private string Sign(string objectId, JsonObject claims)
    {
        claims["aud"] = "https://graph.microsoft.com";
        claims["tid"] = _options.TenantId;
        claims["oid"] = objectId;
        claims["exp"] = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        return _entra.Sign(claims);
    }
}
