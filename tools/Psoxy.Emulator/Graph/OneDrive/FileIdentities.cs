using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.OneDrive;

/// <summary>Identity sets as SharePoint writes them.</summary>
internal static class FileIdentities
{
    public static string Set(Person who) => $$"""
        {"user": {"id": "{{who.Id}}", "displayName": "{{who.Name}}", "email": "{{who.Address}}", "tenantId": "{{Synthetic.TenantId}}"} }
        """;

    /// <summary>With the application and the device that it was done with.</summary>
    public static string Full(Person who) => $$"""
        {
          "user": {"id": "{{who.Id}}", "displayName": "{{who.Name}}", "email": "{{who.Address}}", "tenantId": "{{Synthetic.TenantId}}",
          "thumbnails": null},
          "application": {"id": "{{Synthetic.Id(5, 2)}}", "displayName": "Kanarie sync"}, "device": {"id": "{{Synthetic.Id(3, who.Index)}}",
          "displayName": "KANARIE-LAPTOP-{{who.Index}}"}
        }
        """;

    public static string SharePoint(Person who) => $$"""
        {
          "user": {"id": "{{who.Id}}", "displayName": "{{who.Name}}", "email": "{{who.Address}}"}, "application": null, "device": null,
          "group": {"id": "{{Synthetic.Id(2, 0)}}", "displayName": "Kanarie group"},
          "siteUser": {"id": "{{who.Index}}", "displayName": "{{who.Name}}", "loginName": "i:0#.f|membership|{{who.Address}}"}, "siteGroup": {"id": "3",
          "displayName": "Kanarie owners", "loginName": "Kanarie owners"}
        }
        """;
}
