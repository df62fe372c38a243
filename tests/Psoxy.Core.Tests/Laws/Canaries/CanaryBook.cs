using System.Collections.Immutable;
using Psoxy.Core.Gate;

namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>The canaries planted in what one endpoint answers.</summary>
internal sealed class CanaryBook(ConnectorCase of)
{
    private readonly List<Canary> _canaries = [];

    public ConnectorCase Of { get; } = of;

    public IReadOnlyList<Canary> All => _canaries;

    /// <summary>A text with a canary of its own.</summary>
    /// <param name="path">Where it will stand, from the response inwards, arrays not counted.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="constants">See <see cref="Disclosure.MayShow"/>.</param>
    /// <param name="mustShow">Whether it is to be seen whole if the path is kept.</param>
    public string Text(ImmutableArray<string> path, TextKind kind, bool constants = false, bool mustShow = false)
    {
        var treatment = Of.Paths.Of(path);
        return Add(path, kind.Name, canary =>
        {
            var text = kind.Text(canary.Word);
            var mayShow = Disclosure.MayShow(Of, path, treatment, text, canary.Word, constants) && (treatment == PropertyTreatment.Kept || !kind.Secret || path[^1] == "id");
            return (canary with { MayShow = mayShow, MustShow = mustShow && treatment == PropertyTreatment.Kept ? string.Join('/', path) : null }, text);
        });
    }

    /// <summary>A text of an example with a canary in it, where a person's name would be.</summary>
    public string In(ImmutableArray<string> path, string original) => Add(path, "example", canary =>
    {
        var at = original.Contains("://", StringComparison.Ordinal) ? -1 : original.IndexOf('@', StringComparison.Ordinal);
        while (at > 0 && (char.IsLetterOrDigit(original[at - 1]) || original[at - 1] is '.' or '_' or '-' or '#')) at--;
        var text = original.Contains("://", StringComparison.Ordinal)
            ? $"{original}{(original.Contains('?', StringComparison.Ordinal) ? '&' : '?')}$skiptoken={canary.Word}"
            : at >= 0 ? original.Insert(at, canary.Word) : $"{original} {canary.Word}";
        return (canary with { MayShow = Disclosure.MayShow(Of, path, Of.Paths.Of(path), text, canary.Word, constants: false) }, text);
    });

    /// <summary>A number that is a canary.</summary>
    public string Number(ImmutableArray<string> path) =>
        Add(path, "number", canary => (canary with { MayShow = Of.Paths.Of(path) == PropertyTreatment.Kept || MayBeUntreated(path) }, canary.Digits));

    /// <summary>A name that nobody knows.</summary>
    public string Name(ImmutableArray<string> path) => Add(path, "name", canary => (canary, canary.Word));

    /// <summary>What must not be seen and is, for people.</summary>
    public IEnumerable<string> Leaks(HashSet<int> seen) => _canaries
        .Where(canary => !canary.MayShow && seen.Contains(canary.Number))
        .Select(canary => $"{Of.Declared.Path}: {canary.Where} is seen");

    /// <summary>What is planted and cannot be seen even before anything is done to it: a mistake of the test.</summary>
    public IEnumerable<string> Unplanted(HashSet<int> planted) => _canaries.Where(canary => !planted.Contains(canary.Number)).Select(canary => $"{canary.Where} is not planted");

    /// <summary>Paths that the classification keeps and of which nothing was ever seen.</summary>
    public IEnumerable<string> Lost(HashSet<int> seen) => _canaries
        .Where(canary => canary.MustShow is not null)
        .GroupBy(canary => canary.MustShow!)
        .Where(path => !path.Any(canary => seen.Contains(canary.Number)))
        .Select(path => $"{Of.Declared.Path}: {path.Key} is kept, and does not get through");

    private bool MayBeUntreated(ImmutableArray<string> path) =>
        Of.Paths.Of(path) != PropertyTreatment.Dropped && Of.Treating(path).All(each => Disclosure.IsConditional(each.Transform, each.Path));

    private string Add(ImmutableArray<string> path, string kind, Func<Canary, (Canary Canary, string Text)> plant)
    {
        var (canary, text) = plant(new Canary(_canaries.Count, $"{string.Join('/', path)} ({kind})", MayShow: false, MustShow: null));
        _canaries.Add(canary);
        return text;
    }
}
