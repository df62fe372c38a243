using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Graph.Directory;

/// <summary>The directory: people, groups, and who belongs where.</summary>
internal sealed class DirectoryRoom
{
    private readonly Lazy<IReadOnlyList<JsonObject>> _users;
    private readonly Lazy<IReadOnlyList<JsonObject>> _groups;

    public DirectoryRoom(EmulatorOptions options)
    {
        People = options.People;
        _users = new(() => [.. Enumerable.Range(0, options.People).Select(index => UserData.Of(new Person(index)))]);
        _groups = new(() => [.. Enumerable.Range(0, options.Groups).Select(GroupData.Of)]);
        var reference = new EntityType("directoryObject") { Searched = ["displayName"] };
        User = new EntityType(
            "user",
            Navigation.One("manager", user => Index(user) == 0 ? null : Users[Index(user) / 2], reference),
            Navigation.Many("directReports", user => Users.Where(other => Index(other) > 0 && Index(other) / 2 == Index(user)), reference),
            Navigation.Many("memberOf", user => Groups.Where(group => MembersOf(group).Any(member => (string?)member["id"] == (string?)user["id"])).Select(group => Synthetic.Typed(group, "#microsoft.graph.group")), reference),
            Navigation.Many("sponsors", user => Index(user) % 9 == 8 ? [Users[0]] : [], reference),
            Navigation.Many("registeredDevices", user => [GroupData.Device(Index(user))], reference),
            Navigation.Many("ownedDevices", user => [GroupData.Device(Index(user))], reference),
            Navigation.Many("extensions", _ => [Synthetic.Shape("""{"@odata.type": "#microsoft.graph.openTypeExtension", "id": "com.kanarie.roaming", "extensionName": "com.kanarie.roaming", "theme": "Kanarie dark"}""")]))
        { Searched = ["displayName", "givenName", "surname", "mail", "userPrincipalName", "mailNickname"] };
        Group = new EntityType(
            "group",
            Navigation.Many("members", MembersOf, reference),
            Navigation.Many("owners", group => [Synthetic.Typed(Users[NumberOf(group) % Users.Count], "#microsoft.graph.user")], reference),
            Navigation.Many("acceptedSenders", _ => [Synthetic.Typed(Users[0], "#microsoft.graph.user")], reference),
            Navigation.Many("rejectedSenders", _ => [Synthetic.Typed(Users[^1], "#microsoft.graph.user")], reference),
            Navigation.Many("membersWithLicenseErrors", _ => [Synthetic.Typed(Users[^1], "#microsoft.graph.user")], reference),
            Navigation.One("createdOnBehalfOf", _ => Synthetic.Typed(Users[0], "#microsoft.graph.user"), reference))
        { Searched = ["displayName", "description", "mail", "mailNickname"] };
    }

    /// <summary>How many people there are.</summary>
    public int People { get; }

    public IReadOnlyList<JsonObject> Users => _users.Value;

    public IReadOnlyList<JsonObject> Groups => _groups.Value;

    public EntityType User { get; }

    public EntityType Group { get; }

    /// <summary>The person of an id or principal name, or <c>null</c>.</summary>
    public Person? Find(string key)
    {
        for (var index = 0; index < People; index++)
        {
            var person = new Person(index);
            if (person.Id.Equals(key, StringComparison.OrdinalIgnoreCase) || person.PrincipalName.Equals(key, StringComparison.OrdinalIgnoreCase)) return person;
        }

        return null;
    }

    public JsonObject? FindGroup(string id) => Groups.FirstOrDefault(group => ((string?)group["id"])!.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>Number of a group that is one of <see cref="Groups"/>.</summary>
    public static int NumberOf(JsonObject group) => Index(group);

    /// <summary>Each group holds every third person, shifted; the first also holds the second group and a device.</summary>
    public IEnumerable<JsonObject> MembersOf(JsonObject group)
    {
        var number = NumberOf(group);
        var people = Users.Where((_, index) => index % 3 == number % 3).Select(user => Synthetic.Typed(user, "#microsoft.graph.user"));
        return number == 0 && Groups.Count > 1 ? people.Append(Synthetic.Typed(Groups[1], "#microsoft.graph.group")).Append(GroupData.Device(0)) : people;
    }

    // The last part of an id is the number in hexadecimal.
    private static int Index(JsonObject entity) => Convert.ToInt32(((string)entity["id"]!)[^12..], 16);
}
