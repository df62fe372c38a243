using System.Collections.Concurrent;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>What each cell of the matrix came to, printed when all of them have run.</summary>
[SetUpFixture]
public sealed class FaultTable
{
    private static readonly ConcurrentDictionary<(string Dependency, string Phase, string Fault), string> Rows = new();

    internal static void Add(string dependency, string phase, string fault, string outcome) => Rows[(dependency, phase, fault)] = outcome;

    [OneTimeTearDown]
    public void Print()
    {
        if (Rows.IsEmpty) return;
        var lines = Rows.OrderBy(row => row.Key).Select(row => $"{row.Key.Dependency,-15} {row.Key.Phase,-14} {row.Key.Fault,-19} {row.Value}");
        var (cells, not) = (Rows.Count(row => !row.Value.StartsWith('–')), Rows.Count(row => row.Value.StartsWith('–')));
        TestContext.Progress.WriteLine($"{"dependency",-15} {"phase",-14} {"fault",-19} outcome\n{string.Join('\n', lines)}\n{cells} cells, {not} that cannot be");
    }
}
