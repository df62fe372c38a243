using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Sanitize;

namespace Psoxy.Core.Tests.Properties;

/// <summary>What the gate takes for kept, and so lets a caller filter on, the sanitizer leaves as it is: on random rules and documents.</summary>
public sealed class VisibilityProperties
{
    private const int Cases = 5_000;
    private static readonly string[] Names = ["a", "b", "c", "mail", "kind"];

    [Test]
    public void What_is_told_as_kept_is_left_as_it_is()
    {
        var (kept, hidden) = (0, 0);
        for (var seed = 0; seed < Cases; seed++)
        {
            var rules = new RandomCase(seed).Rules();
            if (RulesLoader.Load(Encoding.UTF8.GetBytes(rules), "random.yaml").Rules?.Endpoints[0] is not { } endpoint) continue;
            var leaves = new List<(ImmutableArray<string> Path, string Text)>();
            var json = JsonSerializer.SerializeToUtf8Bytes(Value(new Random(seed), 0, [], leaves));
            var (whole, output) = (Sanitizing.Run(endpoint with { Transforms = [] }, json).Output, Sanitizing.Run(endpoint, json).Output);

            foreach (var (path, text) in leaves.Where(leaf => !leaf.Path.IsEmpty && whole.Contains(leaf.Text, StringComparison.Ordinal)))
            {
                if (PropertyVisibility.At(endpoint, path) != PropertyTreatment.Kept) hidden++;
                else if (output.Contains(text, StringComparison.Ordinal)) kept++;
                else Assert.Fail($"seed {seed}: {string.Join('/', path)} is told as kept\n{rules}\n{Encoding.UTF8.GetString(json)}\n{output}");
            }
        }

        Assert.That(kept, Is.GreaterThan(Cases / 10), "kept");
        Assert.That(hidden, Is.GreaterThan(Cases / 10), "hidden");
    }

    // Every text is there once, so that it is found again wherever it ends up.
    private static object Value(Random random, int depth, ImmutableArray<string> path, List<(ImmutableArray<string> Path, string Text)> leaves)
    {
        switch (random.Next(depth > 4 ? 1 : 5))
        {
            case 0:
                leaves.Add((path, $"text {leaves.Count}."));
                return leaves[^1].Text;
            case 1 or 2:
                return Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Value(random, depth + 1, path, leaves)).ToList();
            default:
                return Names.Where(_ => random.Next(2) == 0).ToDictionary(name => name, name => Value(random, depth + 1, path.Add(name), leaves));
        }
    }
}
