using System.Collections.Concurrent;

namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>How many canaries were planted and seen, by connector and variant.</summary>
internal sealed class CanaryTally
{
    private readonly ConcurrentDictionary<string, (int Endpoints, int Planted, int MayShow, int Seen, int Leaked)> _counts = new();

    public void Add(CanaryBook book, HashSet<int> seen)
    {
        var now = (Endpoints: 1, Planted: book.All.Count, MayShow: book.All.Count(canary => canary.MayShow), Seen: seen.Count, Leaked: book.Leaks(seen).Count());
        _counts.AddOrUpdate(
            $"{book.Of.Connector.Id}, {book.Of.Variant.Name}",
            now,
            (_, was) => (was.Endpoints + 1, was.Planted + now.Planted, was.MayShow + now.MayShow, was.Seen + now.Seen, was.Leaked + now.Leaked));
    }

    public override string ToString() => string.Join('\n', _counts.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each =>
            $"{each.Key,-44}{each.Value.Endpoints,10}{each.Value.Planted,10}{each.Value.Planted - each.Value.MayShow,10}{each.Value.Seen,10}{each.Value.Leaked,10}")
        .Prepend($"{"canaries",-44}{"endpoints",10}{"planted",10}{"hidden",10}{"seen",10}{"leaked",10}"));
}
