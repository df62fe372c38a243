using System.Collections.Immutable;
using Psoxy.Core.Gate;

namespace Psoxy.Cli.Rules.Review;

/// <summary>What is the same in several variants, told once.</summary>
internal sealed class ObjectMerge
{
    private readonly Dictionary<string, Merging> _objects = new(StringComparer.Ordinal);

    public ImmutableArray<ReviewedObject> Objects =>
    [
        .. _objects.Values.OrderBy(each => each.Order, StringComparer.Ordinal).Select(each => new ReviewedObject(
            each.Path,
            each.Declared,
            each.Variants,
            [
                .. each.Properties
                    .Select(property => property.Key with { Variants = property.Value })
                    .OrderByDescending(property => property.Treatment)
                    .ThenBy(property => property.Name, StringComparer.OrdinalIgnoreCase),
            ])),
    ];

    /// <summary>Adds a place, as it is in one variant.</summary>
    public Merging At(IReadOnlyCollection<string> path, string declared, int variant)
    {
        var name = string.Join('.', path);
        if (!_objects.TryGetValue(name, out var merging))
        {
            // Parents before children, and siblings by name: '.' is below every letter only after this.
            merging = new(name, declared, string.Join('\u0001', path));
            _objects.Add(name, merging);
        }

        merging.Variants = merging.Variants.With(VariantSet.Of(variant));
        return merging;
    }

    /// <summary>One place.</summary>
    internal sealed class Merging(string path, string declared, string order)
    {
        public string Path => path;

        public string Declared => declared;

        public string Order => order;

        public VariantSet Variants { get; set; }

        public Dictionary<ReviewedProperty, VariantSet> Properties { get; } = [];

        public void Add(string name, string type, PropertyTreatment treatment, string reason, bool opens, int variant)
        {
            var property = new ReviewedProperty(name, type, treatment, reason, opens, default);
            Properties[property] = Properties.GetValueOrDefault(property).With(VariantSet.Of(variant));
        }
    }
}
