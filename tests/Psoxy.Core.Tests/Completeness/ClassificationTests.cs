using Psoxy.Classification;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;

namespace Psoxy.Core.Tests.Completeness;

/// <summary>How a classification is read and what it answers, on one small enough to see whole.</summary>
public sealed class ClassificationTests
{
    private const string Thing = """
        type: thing
        limits:
          - {connector: narrow, only: [id], reason: the id is enough there}
          - {at: parts, only: [id, kind, owner], reason: a part is less than the whole}
        properties:
          id:
            treatment: kept
            reason: opaque id
            variants: {pseudonymizeAppIds: pseudonymized, noOriginals: {treatment: reduced, reason: half of it}}
          name:
            treatment: dropped
            reason: free text
            at:
              things: {treatment: reduced, reason: listed phrases}
              big/things: {treatment: kept, reason: from a fixed list}
            connectors:
              open: {treatment: kept, reason: public there}
          owner: {treatment: kept, reason: who owns it, type: thing}
        """;

    private const string Special = """
        type: special
        base: thing
        properties:
          kind: {treatment: kept, reason: an enumeration}
          name: {treatment: pseudonymized, reason: names a person here}
        """;

    private const string Annotations = "page: {}\nentity: {}\nproperty: {}\n";

    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("classification").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("any", "/v1.0/other", "", PropertyTreatment.Dropped, "free text")]
    [TestCase("any", "/v1.0/things", "", PropertyTreatment.Reduced, "listed phrases")]
    [TestCase("any", "/v1.0/big/things", "", PropertyTreatment.Kept, "from a fixed list", Description = "the longest place counts")]
    [TestCase("any", "/v1.0/bigthings", "", PropertyTreatment.Dropped, "free text", Description = "a place is whole segments")]
    [TestCase("open", "/v1.0/things", "", PropertyTreatment.Kept, "public there", Description = "what a connector says stands in the place of all else")]
    [TestCase("narrow", "/v1.0/things", "", PropertyTreatment.Dropped, "the id is enough there")]
    [TestCase("open", "/v1.0/things/parts", "", PropertyTreatment.Dropped, "a part is less than the whole", Description = "a limit comes before a connector's word")]
    public void A_property_is_judged_by_its_place(string connector, string path, string flags, PropertyTreatment treatment, string reason) =>
        Assert.That(Judge("thing", "name", connector, path, flags), Is.EqualTo(new Judgement(treatment, reason)));

    [TestCase("", PropertyTreatment.Kept, "opaque id")]
    [TestCase("noGroups", PropertyTreatment.Kept, "opaque id")]
    [TestCase("pseudonymizeAppIds", PropertyTreatment.Pseudonymized, "opaque id")]
    [TestCase("pseudonymizeAppIds noOriginals", PropertyTreatment.Reduced, "half of it")]
    public void A_variant_changes_it_and_the_strictest_of_several_counts(string flags, PropertyTreatment treatment, string reason)
    {
        var judgement = Judge("thing", "id", "any", "/v1.0/things", flags);
        Assert.That((judgement.Treatment, judgement.Reason), Is.EqualTo((treatment, reason)));
    }

    [Test]
    public void A_type_has_the_properties_of_its_base_unless_it_judges_them_itself()
    {
        Assert.That(Read().Properties("special").Select(property => property.Name), Is.EquivalentTo(new[] { "id", "kind", "name", "owner" }));
        Assert.That(Judge("special", "name", "any", "/v1.0/other").Treatment, Is.EqualTo(PropertyTreatment.Pseudonymized));
        Assert.That(Judge("special", "name", "narrow", "/v1.0/other").Treatment, Is.EqualTo(PropertyTreatment.Dropped), "and its limits");
    }

    [Test]
    public void The_walk_meets_every_kind_and_goes_into_what_holds_itself_once_more()
    {
        var endpoint = new ConnectorEndpoint { Path = "/v1.0/other", Returns = "thing", IsCollection = true, Permission = "", Example = "", Request = "" };

        var walked = EntityWalk.Over(Read(), "any", endpoint, []).ToList();

        Assert.That(walked.Select(each => string.Join('/', each.Path)), Is.EqualTo(new[] { "", "owner" }));
        Assert.That(walked[0].Properties.Select(each => (each.Property.Name, each.Judgement.Treatment)), Is.EquivalentTo(new[]
        {
            ("id", PropertyTreatment.Kept), ("kind", PropertyTreatment.Kept), ("owner", PropertyTreatment.Kept),
            ("name", PropertyTreatment.Dropped), ("name", PropertyTreatment.Pseudonymized),
        }));
    }

    [Test]
    public void The_walk_ends_at_what_is_dropped()
    {
        var endpoint = new ConnectorEndpoint { Path = "/v1.0/other", Returns = "thing", IsCollection = true, Permission = "", Example = "", Request = "" };

        Assert.That(EntityWalk.Over(Read(), "narrow", endpoint, []).Count(), Is.EqualTo(1));
    }

    [TestCase("type: other\nproperties: {}", "'type' is 'other'; the file is bad.yaml")]
    [TestCase("type: bad\nproperties:\n  a: {treatment: kept}", "'reason' is missing")]
    [TestCase("type: bad\nproperties:\n  a: {reason: because}", "'treatment' is missing")]
    [TestCase("type: bad\nproperties:\n  a: {treatment: hidden, reason: because}", "expected 'treatment' to be one of kept, pseudonymized, reduced, dropped")]
    [TestCase("type: bad\nproperties:\n  a: {treatment: kept, reason: because, optional: maybe}", "unknown key 'optional'")]
    [TestCase("type: bad\nproperties:\n  a: {treatment: kept, reason: because, variants: {noGroup: dropped}}", "unknown flag 'noGroup'; did you mean 'noGroups'?")]
    [TestCase("type: bad\nproperties:\n  a: {treatment: kept, reason: x}\n  a: {treatment: dropped, reason: y}", "the key 'a' stands in 'properties' twice")]
    [TestCase("type: bad\nlimits: [{only: [], reason: because}]\nproperties: {}", "a limit needs 'connector', 'at' or both")]
    public void A_wrong_file_is_refused_with_the_reason(string yaml, string reason)
    {
        File.WriteAllText(Path.Combine(_folder, "bad.yaml"), yaml);
        Assert.That(() => Read(), Throws.TypeOf<InvalidDataException>().With.Message.Contains(reason).And.Message.Contains("bad.yaml"));
    }

    [Test]
    public void No_function_carries_it() => Assert.That(
        typeof(ConnectorCatalog).Assembly.GetManifestResourceNames(),
        Has.None.Contains("connectors/graph").And.Some.EqualTo("connectors/outlook-mail/rules.yaml"));

    private Judgement Judge(string type, string property, string connector, string path, string flags = "")
    {
        var classification = Read();
        var place = Place.Of(connector, path, [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        return classification.Judge(classification.Types[type], classification.Properties(type).Single(each => each.Name == property), place);
    }

    private GraphClassification Read()
    {
        File.WriteAllText(Path.Combine(_folder, "thing.yaml"), Thing);
        File.WriteAllText(Path.Combine(_folder, "special.yaml"), Special);
        File.WriteAllText(Path.Combine(_folder, "annotations.yaml"), Annotations);
        return GraphClassification.Read(_folder);
    }
}
