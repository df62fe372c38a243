using System.Diagnostics;
using System.Numerics;

namespace Psoxy.Fuzz.Engine;

/// <summary>
/// Feeds a target: its corpus first, then fresh and damaged inputs without end. An input whose outcome is new is kept as a parent of others. Apart from
/// the slowest inputs, which a clock picks, everything follows from the seed.
/// </summary>
internal sealed class FuzzRun
{
    private const int MaxParents = 4096;
    private const int MaxShrinks = 4000;
    private const int SlowestKept = 8;

    private readonly FuzzTarget _target;
    private readonly int _seed;
    private readonly Random _random;
    private readonly Mutator _mutator;
    private readonly List<byte[]> _parents = [];
    private readonly HashSet<string> _outcomes = new(StringComparer.Ordinal);
    private readonly List<FuzzFinding> _findings = [];
    private readonly PriorityQueue<byte[], long> _slowest = new();

    public FuzzRun(FuzzTarget target, int seed)
    {
        (_target, _seed, _random) = (target, seed, new Random(seed));
        _mutator = new Mutator(_random, target.Words, target.MaxLength);
    }

    /// <summary>Told each input before the target gets it: what a process that dies leaves behind.</summary>
    public Action<byte[]>? Before { get; init; }

    /// <summary>Random inputs tried.</summary>
    public long Inputs { get; private set; }

    /// <summary>Outcomes that differ.</summary>
    public int Outcomes => _outcomes.Count;

    /// <summary>Faults that did not show again with the same input.</summary>
    public int Unsteady { get; private set; }

    /// <summary>One of each kind.</summary>
    public IReadOnlyList<FuzzFinding> Findings => _findings;

    /// <summary>Tries a known input.</summary>
    public void Seed(byte[] input) => Try(input);

    /// <summary>Tries one more random input.</summary>
    public void Step()
    {
        Inputs++;
        var fresh = _parents.Count == 0 || _random.Next(8) == 0;
        Try(fresh ? _target.Generate(_random) : _target.Mutate(_mutator, Parent(), Parent()));
    }

    /// <summary>The input that took longest, in microseconds: the best of several tries, so that it is not the machine's fault.</summary>
    public (byte[] Input, double Microseconds) Slowest()
    {
        (byte[] Input, double Microseconds) slowest = ([], 0);
        foreach (var (input, _) in _slowest.UnorderedItems)
        {
            var best = double.MaxValue;
            for (var time = 0; time < 5; time++) best = Math.Min(best, Timed(input).TotalMicroseconds);
            if (best > slowest.Microseconds) slowest = (input, best);
        }

        return slowest;
    }

    // The newest have been tried least.
    private byte[] Parent() => _parents[_random.Next(3) == 0 ? Math.Max(0, _parents.Count - 1 - _random.Next(16)) : _random.Next(_parents.Count)];

    private void Try(byte[] input)
    {
        Before?.Invoke(input);
        var start = Stopwatch.GetTimestamp();
        try
        {
            var outcome = $"{_target.Run(input)} {BitOperations.Log2((uint)input.Length + 1)}";
            if (_outcomes.Add(outcome) && _parents.Count < MaxParents) _parents.Add(input);
        }
        catch (Exception fault)
        {
            Keep(input, fault);
        }

        _slowest.Enqueue(input, Stopwatch.GetElapsedTime(start).Ticks);
        if (_slowest.Count > SlowestKept) _slowest.Dequeue();
    }

    private void Keep(byte[] input, Exception fault)
    {
        var kind = FuzzFinding.KindOf(fault);
        if (_findings.Exists(finding => finding.Kind == kind)) return;
        if (Fault(input) is not { } again || FuzzFinding.KindOf(again) != kind)
        {
            // A regex gives up by the clock, so a machine that is busy with other things can make a difference that the input did not.
            Unsteady++;
            return;
        }

        var small = Shrink(input, kind, ref fault);
        _findings.Add(new(_target.Name, _seed, Inputs, kind, fault.Message, small));
    }

    // Leaves out ranges, ever shorter, as long as the same goes wrong.
    private byte[] Shrink(byte[] input, string kind, ref Exception fault)
    {
        var tries = 0;
        for (var length = Math.Max(1, input.Length / 2); length > 0; length /= 2)
        {
            for (var at = 0; at + length <= input.Length && tries < MaxShrinks; tries++)
            {
                byte[] shorter = [.. input.AsSpan(0, at), .. input.AsSpan(at + length)];
                if (Fault(shorter) is { } same && FuzzFinding.KindOf(same) == kind) (input, fault) = (shorter, same);
                else at += length;
            }
        }

        return input;
    }

    private Exception? Fault(byte[] input)
    {
        Before?.Invoke(input);
        try
        {
            _target.Run(input);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    private TimeSpan Timed(byte[] input)
    {
        var start = Stopwatch.GetTimestamp();
        Fault(input);
        return Stopwatch.GetElapsedTime(start);
    }
}
