using System.Collections.Concurrent;
using System.Collections.Immutable;
using Psoxy.Classification;
using Psoxy.Core.Gate;
using Psoxy.Core.Rules;
using Psoxy.Core.Tests.Completeness;

namespace Psoxy.Core.Tests.Laws.Canaries;

/// <summary>
/// The most that an endpoint could answer: every property of every type that the classification reaches, a canary in each text, and in what is dropped the texts of what
/// Graph's model puts there. One entity for each <see cref="TextKind"/>, one with the constants that rules compare with, and one for each kind of what has kinds.
/// </summary>
internal sealed class SyntheticResponses
{
    private static readonly ImmutableArray<string> Unknown = ["futureProperty", "displayName2", "fullName", "", "$type", "__proto__"];

    private static readonly ConcurrentDictionary<(string Type, string Property), ImmutableArray<string>> ModelledNames = new();

    private readonly ConnectorCase _of;
    private readonly CanaryBook _book;
    private readonly Twist _twist;
    private readonly Dictionary<string, WalkedObject> _objects;
    private readonly ImmutableArray<string> _names;
    private readonly Dictionary<string, string> _constants;
    private readonly bool _hasAlternatives;

    public SyntheticResponses(CanaryBook book, Twist twist = Twist.None)
    {
        (_of, _book, _twist) = (book.Of, book, twist);
        _objects = _of.Walk.ToDictionary(walked => string.Join('/', walked.Path));
        _names = [.. _of.Walk.SelectMany(walked => walked.Properties).Select(property => property.Property.Name).Distinct().Order(StringComparer.Ordinal)];
        _hasAlternatives = WantedValue.HasAlternatives(_of.Endpoint.ResponseSchema);
        _constants = Disclosure.Constants(_of.Endpoint).GroupBy(each => each.Name).ToDictionary(each => each.Key, each => each.First().Literal);
    }

    /// <summary>Each response, as Graph would write it.</summary>
    public IEnumerable<string> All()
    {
        var entities = Entities().Select(JsonTree (entity) => Object([], entity)).ToImmutableArray();
        return _of.Declared.IsCollection ? [Write(Page(entities))] : entities.Select(Write);
    }

    /// <summary>The entity once, as Graph means it.</summary>
    public JsonTree One() => Object([], new(TextKind.Bare, HasConstants: false, Kind: -1));

    private IEnumerable<Entity> Entities()
    {
        var kinds = _twist == Twist.None ? TextKind.All : _twist is Twist.Unknown or Twist.Misplaced ? TextKind.All[..1] : TextKind.All[..2];
        foreach (var text in kinds) yield return new(text, HasConstants: false, Kind: -1);
        if (_constants.Count > 0) yield return new(TextKind.Bare, HasConstants: true, Kind: -1);
        if (_twist != Twist.None) yield break;
        var most = _of.Walk.Max(walked => walked.Kinds.Length);
        for (var kind = 0; kind < most && most > 1; kind++) yield return new(TextKind.Bare, HasConstants: false, kind);
    }

    private string Write(JsonTree tree) => tree.Write(_twist == Twist.Escaped);

    private JsonTree.Members Page(ImmutableArray<JsonTree> entities)
    {
        var annotations = ClassifiedPaths.Classification.Annotations.Page.Keys.Select(name => Member(name, new JsonTree.Text(_book.Text([name], TextKind.PagingLink))));
        var unknown = _twist == Twist.Unknown ? Unknown.Append("id").Append("displayName").Select(name => Member(name, Text([name], TextKind.Bare))) : [];
        return new([.. annotations, .. unknown, Member("value", new JsonTree.Items(entities))]);
    }

    private JsonTree.Members Object(ImmutableArray<string> inside, Entity entity)
    {
        var walked = _objects[string.Join('/', inside)];
        ImmutableArray<string> path = [.. _of.Root, .. inside];
        var kind = entity.Kind >= 0 && walked.Kinds.Length > 0 ? walked.Kinds[entity.Kind % walked.Kinds.Length] : null;
        var own = kind is null ? null : ClassifiedPaths.Classification.Properties(kind.Name).Select(property => property.Name).ToHashSet();
        var properties = walked.Properties.DistinctBy(each => each.Property.Name)
            .Where(each => own?.Contains(each.Property.Name) ?? true)
            .Where(each => entity.IsWhole || (kind is not null && _hasAlternatives) || each.Judgement.Treatment != PropertyTreatment.Dropped)
            .ToList();

        var members = new List<KeyValuePair<string, JsonTree>>();
        foreach (var property in properties)
        {
            var name = property.Property.Name;
            if (_twist == Twist.Duplicated) members.Add(Member(name, Text(property.Property.Type is null ? path.Add(name) : [.. path, name, "as text"], entity.Text)));
            if (Value(property, path.Add(name), entity) is { } value) members.Add(Member(name, value));
        }

        members.AddRange(Annotations(path, properties, kind, entity));
        if (_twist == Twist.Unknown) members.AddRange(Strangers(path, properties, entity));
        if (_twist == Twist.Misplaced) members.AddRange(Misplaced(path, properties, entity));
        return new JsonTree.Members([.. members]);
    }

    private IEnumerable<KeyValuePair<string, JsonTree>> Annotations(ImmutableArray<string> path, List<WalkedProperty> properties, GraphType? kind, Entity entity)
    {
        var (ofEntity, ofProperty) = (ClassifiedPaths.Classification.Annotations.Entity.Keys, ClassifiedPaths.Classification.Annotations.Property.Keys.ToList());
        foreach (var name in ofEntity)
        {
            if (name == "@odata.type" && kind is not null) yield return Member(name, new JsonTree.Text("#microsoft.graph." + kind.Name));
            else if (!entity.IsWhole) continue;
            else if (name == "@removed") yield return Member(name, new JsonTree.Members([Member("reason", Text([.. path, name, "reason"], entity.Text)), Member("by", Text([.. path, name, "by"], entity.Text))]));
            else yield return Member(name, Text(path.Add(name), entity.Text));
        }

        for (var at = 0; at < ofProperty.Count && properties.Count > 0 && entity.IsWhole; at++)
        {
            var name = properties[at * 7 % properties.Count].Property.Name + ofProperty[at];
            yield return Member(name, Text(path.Add(name), entity.Text));
        }
    }

    // Other letters make another name; and a name can be a person's where somebody makes a map of them.
    private IEnumerable<KeyValuePair<string, JsonTree>> Strangers(ImmutableArray<string> path, List<WalkedProperty> properties, Entity entity)
    {
        foreach (var name in Unknown) yield return Member(name, Text(path.Add(name), entity.Text));
        yield return Member(_book.Name(path), new JsonTree.Raw("true"));
        foreach (var name in properties.Select(each => each.Property.Name))
            foreach (var other in (string[])[char.ToUpperInvariant(name[0]) + name[1..], name + " ", name + "s"])
                if (_of.Paths.Of(path.Add(other)) == PropertyTreatment.Dropped) yield return Member(other, Text(path.Add(other), entity.Text));
    }

    private IEnumerable<KeyValuePair<string, JsonTree>> Misplaced(ImmutableArray<string> path, List<WalkedProperty> properties, Entity entity) =>
        from name in _names.Except(properties.Select(each => each.Property.Name))
        select Member(name, name.Length % 2 == 0 ? Text(path.Add(name), entity.Text) : Inside(path.Add(name), ["id", "address", "name", "user"], entity));

    private JsonTree? Value(WalkedProperty property, ImmutableArray<string> path, Entity entity)
    {
        var wanted = WantedValue.At(_of.Endpoint.ResponseSchema, path);
        var dropped = property.Judgement.Treatment == PropertyTreatment.Dropped;
        if (property.Property.Type is not null && !dropped)
        {
            if (!_objects.ContainsKey(string.Join('/', property.Path))) return null;
            return _twist == Twist.TextForObject ? Text([.. path, "as text"], entity.Text) : Listed(wanted, Object(property.Path, entity));
        }

        if (entity.HasConstants && _constants.TryGetValue(property.Property.Name, out var constant)) return new JsonTree.Raw(constant);
        if (dropped && _twist == Twist.None && entity.Text == TextKind.Bare && entity.Kind < 0 && property.Path.Length <= 2 && Modelled(property) is { IsEmpty: false } names) return Inside(path, names, entity);
        return _twist switch
        {
            Twist.ObjectForText => Inside(path, ["id", "a", "value", property.Property.Name], entity),
            Twist.ListForText => new JsonTree.Items([Text(path, entity.Text), new JsonTree.Items([Text(path, entity.Text)])]),
            Twist.NumberForText => Listed(wanted, new JsonTree.Raw(_book.Number(path))),
            Twist.TextForObject when wanted.IsList => Text(path, entity.Text),
            _ => wanted.Type switch
            {
                SchemaType.Boolean => new JsonTree.Raw("true"),
                SchemaType.Integer => new JsonTree.Raw("7"),
                SchemaType.Number => new JsonTree.Raw("1.5"),
                _ => Listed(wanted, new JsonTree.Text(_book.Text(path, entity.Text, entity.HasConstants, mustShow: _twist == Twist.None))),
            },
        };
    }

    // The names of what Graph's model puts there, one level of it.
    private static ImmutableArray<string> Modelled(WalkedProperty property) => ModelledNames.GetOrAdd((property.Type.Name, property.Property.Name), _ =>
    {
        var type = ClassifiedPaths.Classification.Chain(property.Type.Name).Where(each => GraphModel.Has(each.Name))
            .Select(each => GraphModel.Own(each.Name).GetValueOrDefault(property.Property.Name)).FirstOrDefault(each => each is not null);
        return type is null ? [] : [.. GraphModel.Own(type).Keys.Append("id")];
    });

    private JsonTree.Members Inside(ImmutableArray<string> path, IEnumerable<string> names, Entity entity) =>
        new([.. names.Distinct().Select(name => Member(name, Text(path.Add(name), entity.Text)))]);

    private JsonTree.Text Text(ImmutableArray<string> path, TextKind kind) => new(_book.Text(path, kind));

    private static JsonTree Listed(WantedValue wanted, JsonTree value) => wanted.IsList ? new JsonTree.Items([value]) : value;

    private static KeyValuePair<string, JsonTree> Member(string name, JsonTree value) => new(name, value);

    /// <summary>What differs from entity to entity.</summary>
    /// <param name="Text">Kind of its texts.</param>
    /// <param name="HasConstants">Whether it has what the rules' filters compare with.</param>
    /// <param name="Kind">Which of the kinds its objects are of; negative for all of them in one.</param>
    private sealed record Entity(TextKind Text, bool HasConstants, int Kind)
    {
        /// <summary>Whether it has what is dropped too: that goes whatever kind of text it is, so one kind will do.</summary>
        public bool IsWhole => Text == TextKind.Bare && !HasConstants && Kind < 0;
    }
}
