namespace Psoxy.Emulator.Entra.Directory;

/// <summary>Microsoft Graph's application permissions by id, as the real one has them; those of the connectors, and some that a hand may have added.</summary>
internal static class GraphRoles
{
    /// <summary>Client id of Microsoft Graph in every tenant.</summary>
    public const string AppId = "00000003-0000-0000-c000-000000000000";

    public static readonly IReadOnlyDictionary<string, string> IdOf = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["User.Read.All"] = "df021288-bdef-4463-88db-98f22de89214",
        ["Group.Read.All"] = "5b567255-7703-4780-807c-7be8301ae99b",
        ["GroupMember.Read.All"] = "98830695-27a2-44f7-8c18-0c3ebc9698f6",
        ["MailboxSettings.Read"] = "40f97065-369a-49f4-947c-6a255697ae91",
        ["Calendars.Read"] = "798ee544-9d2d-430c-a058-570e29e34338",
        ["Mail.ReadBasic.All"] = "693c5e45-0940-467d-9b8a-1022fb9d42ef",
        ["Mail.Read"] = "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
        ["Team.ReadBasic.All"] = "2280dda6-0bfd-44ee-a2f4-cb867cfc4c1e",
        ["Channel.ReadBasic.All"] = "59a6b24b-4225-4393-8165-ebaec5f55d7a",
        ["Chat.Read.All"] = "6b7d71aa-70aa-4810-a8d9-5d9fb2830017",
        ["ChannelMessage.Read.All"] = "7b2449af-6ccd-4f4d-9f78-e550c193f0d1",
        ["CallRecords.Read.All"] = "45bbb07e-7321-4fd7-a8f6-3ff27e6a81c8",
        ["OnlineMeetings.Read.All"] = "c1684f21-1984-47fa-9d61-2dc8c296bb70",
        ["OnlineMeetingArtifact.Read.All"] = "df01ed3b-eb61-4eca-9965-6b3d789751b2",
        ["Files.Read.All"] = "01d4889c-1287-42c6-ac1f-5d1e02578ef6",
        ["AiEnterpriseInteraction.Read.All"] = "839c90ab-5771-41ee-aef8-a562e8487c1e",
        ["Directory.Read.All"] = "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
        ["Application.ReadWrite.OwnedBy"] = "18a4783c-866b-4cc7-a460-3d5e5662c884",
        ["Application.ReadWrite.All"] = "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9",
        ["AppRoleAssignment.ReadWrite.All"] = "06b708a9-e830-4db3-a914-8e69da51d44f",
    };

    private static readonly Dictionary<string, string> Names = IdOf.ToDictionary(role => role.Value, role => role.Key, StringComparer.OrdinalIgnoreCase);

    public static string? NameOf(string? id) => id is null ? null : Names.GetValueOrDefault(id);
}
