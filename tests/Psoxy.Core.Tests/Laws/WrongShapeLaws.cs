using Psoxy.Core.Sanitize;
using Psoxy.Core.Tests.Laws.Canaries;

namespace Psoxy.Core.Tests.Laws;

/// <summary>Whatever Graph answers in the place of what it promises, nothing hidden leaves: an error, a list, a bare value, a page for an entity, an entity for a page.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WrongShapeLaws
{
    private static readonly TextKind Text = TextKind.Bare;

    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void Nothing_leaks_from_an_answer_of_another_shape(ConnectorCase example) => Sources.AssertNone(Of(example));

    internal static IEnumerable<string> Of(ConnectorCase of)
    {
        var book = new CanaryBook(of);
        var hidden = book.All.Where(canary => !canary.MayShow);
        foreach (var (shape, at) in Shapes(book).Select((shape, at) => (shape, at)))
        {
            var response = shape.Write();
            var planted = CanarySight.PlainIn(response);
            if (!hidden.Any(canary => planted.Contains(canary.Number))) yield return $"shape {at} has no canary";

            // An error is given up; what had been written of it before counts too.
            var isError = shape is JsonTree.Members members && members.All.Any(pair => pair.Key == "error");
            var seen = CanarySight.In(of.Sanitize(response, isError ? SanitizeStatus.SourceError : SanitizeStatus.Complete));
            foreach (var canary in hidden.Where(canary => seen.Contains(canary.Number))) yield return $"shape {at}: {canary.Where} is seen";
        }
    }

    private static IEnumerable<JsonTree> Shapes(CanaryBook book)
    {
        var entity = new SyntheticResponses(book).One();
        JsonTree hidden = new JsonTree.Text(book.Text(["nowhere"], Text));
        yield return hidden;
        yield return Items(hidden, Items(hidden));
        yield return Object(("error", Object(("code", hidden), ("message", hidden), ("innerError", Object(("request-id", hidden), ("date", hidden))))));
        yield return Items(entity);
        yield return Items(Items(entity), hidden);
        yield return Object(("d", Object(("results", Items(entity)))));
        yield return Object(("value", hidden), ("Value", Items(entity)), ("values", entity));
        yield return Object(("responses", Items(Object(("body", entity)))));

        // A page in a page, and each where the other belongs.
        if (book.Of.Declared.IsCollection)
        {
            yield return entity;
            yield return Object(("value", entity));
            yield return Object(("value", Items(hidden, Items(entity), Object(("value", Items(entity))))));
        }
        else
        {
            yield return Object(("value", Items(entity)));
            yield return Object(("value", entity));
        }
    }

    private static JsonTree.Items Items(params JsonTree[] items) => new([.. items]);

    private static JsonTree.Members Object(params (string Name, JsonTree Value)[] members) => new([.. members.Select(member => KeyValuePair.Create(member.Name, member.Value))]);
}
