using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary>Who asks the directory, by its token, and what it may do.</summary>
internal sealed class DirectoryCaller
{
    private readonly HashSet<string> _scopes;
    private readonly HashSet<string> _roles;
    private readonly DirectoryRole _role;

    public DirectoryCaller(JsonObject claims)
    {
        ObjectId = (string?)claims["oid"] ?? "";
        IsApplication = (string?)claims["idtyp"] != "user";
        _scopes = [.. ((string?)claims["scp"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        _roles = [.. (claims["roles"] as JsonArray ?? []).Select(role => (string)role!)];
        _role = Enum.TryParse<DirectoryRole>((string?)claims["role"], out var role) ? role : DirectoryRole.None;
    }

    public string ObjectId { get; }

    public bool IsApplication { get; }

    public void MustRead()
    {
        if (!Has("Application.Read.All", "Application.ReadWrite.All", "Application.ReadWrite.OwnedBy", "Directory.Read.All", "Directory.AccessAsUser.All")) throw Denied();
    }

    /// <summary>An application by whoever may register one.</summary>
    public void MustCreate(bool membersMay)
    {
        var may = Has("Application.ReadWrite.All", "Application.ReadWrite.OwnedBy", "Directory.AccessAsUser.All") && (IsApplication || membersMay || _role is not (DirectoryRole.None or DirectoryRole.PrivilegedRoleAdministrator));
        if (!may) throw Denied();
    }

    /// <summary>Whoever owns it, or is set over all of them.</summary>
    public void MustWrite(IReadOnlyCollection<string> owners)
    {
        var owns = owners.Contains(ObjectId);
        var may = IsApplication
            ? _roles.Contains("Application.ReadWrite.All") || (_roles.Contains("Application.ReadWrite.OwnedBy") && owns)
            : Has("Application.ReadWrite.All", "Directory.AccessAsUser.All") && (owns || IsAdministrator);
        if (!may) throw Denied();
    }

    /// <summary>To add an owner the permission for one's own applications is not enough.</summary>
    public void MustAddOwners(IReadOnlyCollection<string> owners)
    {
        MustWrite(owners);
        if (IsApplication && !_roles.Contains("Application.ReadWrite.All")) throw Denied();
    }

    /// <summary>Graph's application permissions are granted by few.</summary>
    public void MustGrant()
    {
        if (!Has("AppRoleAssignment.ReadWrite.All", "Directory.AccessAsUser.All") || !(IsApplication || _role is DirectoryRole.PrivilegedRoleAdministrator or DirectoryRole.GlobalAdministrator)) throw Denied();
    }

    /// <summary>Whether what it makes is its own: administrators' is nobody's.</summary>
    public bool BecomesOwner => IsApplication || !IsAdministrator;

    private bool IsAdministrator => _role is DirectoryRole.ApplicationAdministrator or DirectoryRole.GlobalAdministrator;

    private bool Has(params ReadOnlySpan<string> anyOf)
    {
        foreach (var one in anyOf)
            if ((IsApplication ? _roles : _scopes).Contains(one)) return true;
        return false;
    }

    private static GraphErrorException Denied() => new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
}
