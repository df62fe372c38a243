namespace Psoxy.Cli.Entra;

/// <summary>What was consented to, beside what is needed.</summary>
internal static class Consent
{
    /// <summary>Names of permissions that are not granted, and grants that nothing needs.</summary>
    public static (IReadOnlyList<string> Missing, IReadOnlyList<GrantedPermission> Excess) Of(WantedApplication wanted, TenantApplication actual, GraphPermissions permissions)
    {
        var grants = actual.Principal?.Grants ?? [];
        bool IsOf(GrantedPermission grant, string id) => grant.ResourceId == permissions.PrincipalId && grant.RoleId.Equals(id, StringComparison.OrdinalIgnoreCase);
        return (
            [.. wanted.Permissions.Where(permission => !grants.Any(grant => IsOf(grant, permission.Value))).Select(permission => permission.Key)],
            [.. grants.Where(grant => !wanted.Permissions.Values.Any(id => IsOf(grant, id)))]);
    }

    public static string Name(GrantedPermission grant, GraphPermissions permissions) =>
        grant.ResourceId == permissions.PrincipalId ? permissions.NameOf(grant.RoleId) : $"{grant.RoleId} of {grant.ResourceName}";
}
