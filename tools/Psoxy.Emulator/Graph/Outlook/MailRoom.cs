using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.Directory;

namespace Psoxy.Emulator.Graph.Outlook;

/// <summary>Everybody's mail, made when it is first asked for.</summary>
internal sealed class MailRoom(EmulatorOptions options)
{
    private readonly ConcurrentDictionary<(int User, bool IsSent), IReadOnlyList<JsonObject>> _folders = new();

    public IReadOnlyList<JsonObject> Sent(Person owner) => Folder(owner, options.SentMessages, isSent: true);

    public IReadOnlyList<JsonObject> Received(Person owner) => Folder(owner, 5, isSent: false);

    private IReadOnlyList<JsonObject> Folder(Person owner, int messages, bool isSent) => _folders.GetOrAdd(
        (owner.Index, isSent),
        _ => owner.HasMailbox ? [.. Enumerable.Range(0, messages).Select(number => MailData.Of(owner.Index, number, options.People, isSent))] : []);
}
