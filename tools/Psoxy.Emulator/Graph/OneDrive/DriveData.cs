using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.OneDrive;

/// <summary>Drives themselves.</summary>
internal static class DriveData
{
    public static JsonObject Of(DriveOwner owner, int people) => Synthetic.Shape($$"""
        {
          "id": "{{owner.DriveId}}", "name": "{{(owner.IsGroup ? "Kanarie documents" : "OneDrive of Kanarie")}}", "description": "Kanarie keeps files here",
          "driveType": "{{(owner.IsGroup ? "documentLibrary" : "business")}}", "eTag": null,
          "webUrl": "{{owner.WebUrl}}", "createdDateTime": "2024-05-06T07:08:09Z", "lastModifiedDateTime": "2026-03-02T08:00:00Z",
          "createdBy": {{FileIdentities.Full(owner.Person)}}, "lastModifiedBy": {{FileIdentities.Set(new Person((owner.Number + 1) % people))}},
          "owner": {{owner.IdentitySet}}, "quota": {"deleted": 256938, "remaining": 1099447353539, "state": "normal", "total": 1099511627776, "used": 64174237,
          "storagePlanInformation": {"upgradeAvailable": true} },
          "parentReference": null, "sharePointIds": {{DriveItemData.SharepointIds(owner, 0)}}, "system": {{(owner.IsGroup ? "{}" : "null")}}
        }
        """);
}
