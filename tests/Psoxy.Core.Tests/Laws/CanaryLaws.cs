using Psoxy.Core.Tests.Laws.Canaries;

namespace Psoxy.Core.Tests.Laws;

/// <summary>Nothing that the classification hides can be seen in what leaves, however a response is written; and what it keeps gets through.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CanaryLaws
{
    private static readonly CanaryTally Tally = new();

    [OneTimeTearDown]
    public void Print() => TestContext.Progress.WriteLine(Tally.ToString());

    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void There_is_an_example(ConnectorCase example)
    {
        ArgumentNullException.ThrowIfNull(example);
        Assert.That(example.OriginalFile, Does.Exist);
    }

    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void No_canary_leaks_from_the_example(ConnectorCase example) => AssertNone(OfExample(example));

    [TestCaseSource(typeof(ConnectorCase), nameof(ConnectorCase.All))]
    public void No_canary_leaks_from_all_that_Graph_could_answer(ConnectorCase example) => AssertNone(OfTwist(example, Twist.None));

    [TestCaseSource(nameof(Twisted))]
    public void No_canary_leaks_however_it_is_written(ConnectorCase example, string twist) => AssertNone(OfTwist(example, Enum.Parse<Twist>(twist)));

    internal static IEnumerable<string> OfExample(ConnectorCase of)
    {
        var book = new CanaryBook(of);
        return Judge(book, [PlantedExample.Plant(book)]);
    }

    internal static IEnumerable<string> OfTwist(ConnectorCase of, Twist twist)
    {
        var book = new CanaryBook(of);
        return Judge(book, [.. new SyntheticResponses(book, twist).All()]);
    }

    private static IEnumerable<TestCaseData> Twisted() =>
        from example in ConnectorCase.Cases.Value
        from twist in Enum.GetNames<Twist>().Where(name => name != nameof(Twist.None))
        select new TestCaseData(example, twist).SetArgDisplayNames(example.ToString(), twist);

    private static IEnumerable<string> Judge(CanaryBook book, IReadOnlyList<string> responses)
    {
        var planted = CanarySight.PlainIn(string.Join('\n', responses));
        var unplanted = book.Unplanted(planted).ToList();
        if (unplanted.Count > 0 || book.All.Count == 0) return unplanted.Prepend("nothing is told by this test");

        var seen = CanarySight.In(string.Join('\n', responses.Select(response => book.Of.Sanitize(response))));
        Tally.Add(book, seen);
        return book.Leaks(seen).Concat(book.Lost(seen));
    }

    private static void AssertNone(IEnumerable<string> problems) => Assert.That(string.Join('\n', problems.Distinct()), Is.Empty);
}
