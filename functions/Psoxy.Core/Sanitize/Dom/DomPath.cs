using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize.Dom;

/// <summary>Finds what a JSON path matches, with Jayway's meaning (rules-language section 2).</summary>
internal static class DomPath
{
    /// <summary>Each slot once, in document order per step.</summary>
    public static List<DomSlot> Select(DomSlot root, JsonPath path)
    {
        var found = new List<DomSlot> { root };
        foreach (var step in path.Steps)
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
