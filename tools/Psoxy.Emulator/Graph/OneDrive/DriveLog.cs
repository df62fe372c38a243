using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.OneDrive;

/// <summary>All that has happened in a drive, oldest first; what lies in it is the last of each item.</summary>
internal sealed class DriveLog
{
    private readonly Lock _lock = new();
    private readonly List<JsonObject> _changes;
    private readonly DriveOwner _owner;

    public DriveLog(DriveOwner owner, int people)
    {
        _owner = owner;
        _changes = [.. Enumerable.Range(0, DriveItemData.Items).Select(number => DriveItemData.Of(owner, number, people))];
    }

    public int Length
    {
        get
        {
            lock (_lock) return _changes.Count;
        }
    }

    /// <summary>The last state of each item that changed in a part of the log.</summary>
    public IReadOnlyList<JsonObject> Changes(int from, int upTo)
    {
        lock (_lock) return [.. _changes.Take(upTo).Skip(from).Reverse().DistinctBy(item => (string?)item["id"]).Reverse()];
    }

    public JsonObject? Find(string itemId)
    {
        lock (_lock) return _changes.LastOrDefault(item => (string?)item["id"] == itemId) is { } last && last["deleted"] is null ? last : null;
    }

    /// <summary>Deletes an item; whether it was there.</summary>
    public bool Delete(string itemId)
    {
        if (Find(itemId) is not { } item) return false;
        var number = int.Parse(itemId[^6..], null);
        lock (_lock) _changes.Add(DriveItemData.Deleted(_owner, number, (string)item["name"]!));
        return true;
    }
}
