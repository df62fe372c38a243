using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.OneDrive;

/// <summary>Whose drive: a person's or a group's.</summary>
internal readonly record struct DriveOwner(bool IsGroup, int Number)
{
    public string DriveId => $"b!{Synthetic.Opaque(IsGroup ? "groupdrive" : "persondrive", Number)}aBcDeFgHiJkLmNoPqRsTuVwXyZ";

    /// <summary>Who is named as the owner; a group's drive has a person's hand in it all the same.</summary>
    public Person Person => new(Number);

    public string IdentitySet => IsGroup
        ? $$"""{"group": {"id": "{{Synthetic.Id(2, Number)}}", "displayName": "Kanarie group {{Number}}", "email": "kanarie-list{{Number}}@contoso-emulated.example"} }"""
        : $$"""{"user": {"id": "{{Person.Id}}", "displayName": "{{Person.Name}}", "email": "{{Person.Address}}"} }""";

    public string WebUrl => IsGroup ? $"https://contoso.example/sites/kanarie{Number}/Shared%20Documents" : $"https://contoso-my.example/personal/kanarie_{Number}/Documents";
}
