using System.Collections.Immutable;
using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>Finds what a JSON path matches, with Jayway's meaning (rules-language section 2).</summary>
internal static class DomPath
{
    /// <summary>Each slot once, in document order per step.</summary>
    public static List<DomSlot> Select(DomSlot root, JsonPath path) => Follow(root, path.Steps, 0);

    /// <summary>The same for a path that comes to a value already under way, perhaps in several ways.</summary>
    public static List<DomSlot> Select(DomSlot slot, ImmutableArray<PlanPosition> positions)
    {
        if (positions is [var only]) return Select(slot, only);
        var found = new List<DomSlot>();
        var seen = new HashSet<DomSlot>(ReferenceEqualityComparer.Instance);
        foreach (var position in positions) Add(Select(slot, position), found, seen);
        return found;
    }

    private static List<DomSlot> Select(DomSlot slot, PlanPosition position)
    {
        if (!position.IsCandidate) return Follow(slot, position.Path.Steps, position.At);
        return DomFilter.Holds(((FilterStep)position.Step).Filter, slot) ? Follow(slot, position.Path.Steps, position.At + 1) : [];
    }

    private static List<DomSlot> Follow(DomSlot root, ImmutableArray<JsonPathStep> steps, int from)
    {
        var found = new List<DomSlot> { root };
        foreach (var step in steps.AsSpan()[from..])
        {
            var next = new List<DomSlot>();
            var seen = new HashSet<DomSlot>(ReferenceEqualityComparer.Instance);
            foreach (var slot in found)
            {
                if (step.Recursive) Descend(slot, step, next, seen);
                else Apply(slot, step, next, seen);
            }

            found = next;
        }

        return found;
    }

    private static void Descend(DomSlot slot, JsonPathStep step, List<DomSlot> into, HashSet<DomSlot> seen)
    {
        Apply(slot, step, into, seen);
        if (slot.Value is DomContainer container)
            foreach (var inner in container.Slots) Descend(inner, step, into, seen);
    }

    private static void Apply(DomSlot slot, JsonPathStep step, List<DomSlot> into, HashSet<DomSlot> seen)
    {
        if (slot.Value is not DomContainer container) return;
        switch (step)
        {
            case PropertyStep property when container.IsObject:
                Add(container.Slots.Where(member => member.Name is { } name && property.Names.Contains(name)), into, seen);
                break;
            case WildcardStep:
                Add(container.Slots, into, seen);
                break;
            case IndexStep index when !container.IsObject:
                var at = index.Index < 0 ? container.Slots.Count + index.Index : index.Index;
                if (at >= 0 && at < container.Slots.Count) Add([container.Slots[at]], into, seen);
                break;
            case FilterStep filter when container.IsObject:
                if (DomFilter.Holds(filter.Filter, slot)) Add([slot], into, seen);
                break;
            case FilterStep filter:
                Add(container.Slots.Where(element => DomFilter.Holds(filter.Filter, element)), into, seen);
                break;
        }
    }

    private static void Add(IEnumerable<DomSlot> slots, List<DomSlot> into, HashSet<DomSlot> seen)
    {
        foreach (var slot in slots)
            if (seen.Add(slot)) into.Add(slot);
    }
}
