using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;
using Psoxy.Emulator.Graph.OneDrive;
using Psoxy.Emulator.Graph.Outlook;
using Psoxy.Emulator.Graph.Teams;

namespace Psoxy.Emulator.Graph;

/// <summary>Synthetic people and all that they leave in Microsoft 365, made when it is first asked for. The same options make the same tenant; every value that names, describes or reaches somebody holds the canary word.</summary>
public sealed class Tenant
{
    private readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<JsonObject>>> _sent;

    internal Tenant(EmulatorOptions options)
    {
        Options = options;
        Directory = new(options);
        Mail = new(options);
        Calendars = new(options);
        Teams = new(options);
        Drives = new(options);
        _sent = new(() => Enumerable.Range(0, options.People).Select(index => new Person(index)).ToDictionary(person => person.Id, Mail.Sent));
    }

    /// <summary>All users, in the order of the directory.</summary>
    public IReadOnlyList<JsonObject> Users => Directory.Users;

    /// <summary>All groups.</summary>
    public IReadOnlyList<JsonObject> Groups => Directory.Groups;

    /// <summary>Sent messages by user id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Sent => _sent.Value;

    /// <summary>For every endpoint requests that it answers with 200, on behalf of a person who has all that there is.</summary>
    public IReadOnlyList<GraphSample> Samples => GraphSample.All(this);

    internal EmulatorOptions Options { get; }

    internal DirectoryRoom Directory { get; }

    internal MailRoom Mail { get; }

    internal CalendarRoom Calendars { get; }

    internal TeamRoom Teams { get; }

    internal DriveRoom Drives { get; }

    internal DeltaMarks Deltas { get; } = new();

    /// <summary>Deletes an item of a drive, so that its delta tells of it.</summary>
    /// <param name="driveId">The drive.</param>
    /// <param name="itemId">The item.</param>
    /// <returns>Whether it was there.</returns>
    public bool DeleteItem(string driveId, string itemId) => Drives.Log(driveId)?.Delete(itemId) == true;

    /// <summary>Makes all delta links given out so far good for nothing, as they are after some time.</summary>
    public void ExpireDeltaLinks() => Deltas.Expire();
}
