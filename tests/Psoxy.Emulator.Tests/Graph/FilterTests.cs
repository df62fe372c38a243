using System.Text.Json.Nodes;
using Psoxy.Emulator.Graph.OData;

namespace Psoxy.Emulator.Tests.Graph;

public sealed class FilterTests
{
    private static readonly JsonObject Row = (JsonObject)JsonNode.Parse("""
        {
          "name": "O'Neil", "count": 3, "ratio": 1.5, "isOn": true, "isOff": false, "nothing": null, "time": "2026-03-02T08:00:00Z", "empty": [], "tags": ["red", "green"],
          "start": {"dateTime": "2026-03-02T08:00:00.0000000"}, "participants": [{"id": "a", "roles": ["owner"]}, {"id": "b", "roles": []}]
        }
        """)!;

    [TestCase("name eq 'O''Neil'")]
    [TestCase("name eq 'o''neil'")]
    [TestCase("count eq 3")]
    [TestCase("count gt 2 and ratio lt 1.6")]
    [TestCase("count in (1, 2, 3)")]
    [TestCase("name in ('x', 'O''Neil')")]
    [TestCase("isOn")]
    [TestCase("isOn eq true")]
    [TestCase("isOff eq false")]
    [TestCase("not isOff")]
    [TestCase("not (isOff or count eq 4)")]
    [TestCase("nothing eq null")]
    [TestCase("missing eq null")]
    [TestCase("name ne null")]
    [TestCase("time ge 2026-03-02T08:00:00Z")]
    [TestCase("time ge 2026-03-02T09:00:00+01:00")]
    [TestCase("time lt 2026-03-03")]
    [TestCase("start/dateTime ge '2026-03-02T07:00:00'")]
    [TestCase("startswith(name, 'o')")]
    [TestCase("endswith(name,'IL')")]
    [TestCase("contains(tolower(name), 'nei') and true")]
    [TestCase("tags/any(t:t eq 'green')")]
    [TestCase("tags/all(t:startswith(t,'g') or startswith(t,'r'))")]
    [TestCase("tags/$count eq 2")]
    [TestCase("participants/any(p:p/id eq 'b')")]
    [TestCase("participants/any(p:p/roles/any(r:r eq 'owner') and p/id eq 'a')")]
    [TestCase("participants/any()")]
    [TestCase("not empty/any()")]
    [TestCase("isOff and isOff or isOn")]
    [TestCase("3 eq count")]
    public void Matches(string filter) => Assert.That(Filter.Parse(filter).Matches(Row), Is.True);

    [TestCase("name eq 'O'")]
    [TestCase("name eq null")]
    [TestCase("count eq '3'")]
    [TestCase("count lt null")]
    [TestCase("isOff or count eq 4")]
    [TestCase("isOn and (isOff or nothing eq 1)")]
    [TestCase("tags/any(t:t eq 'blue')")]
    [TestCase("participants/any(p:p/roles/any(r:r eq 'owner') and p/id eq 'b')")]
    [TestCase("empty/any(e:e eq 'x')")]
    [TestCase("startswith(count, '3')")]
    public void Does_not_match(string filter) => Assert.That(Filter.Parse(filter).Matches(Row), Is.False);

    [TestCase("name eq")]
    [TestCase("name eq 'unterminated")]
    [TestCase("(name eq 'x'")]
    [TestCase("name eq 'x')")]
    [TestCase("name eq 'x' 'y'")]
    [TestCase("frobnicate(name, 'x')")]
    [TestCase("startswith(name)")]
    [TestCase("name eq #")]
    [TestCase("tags/any(t t eq 'x')")]
    [TestCase("")]
    public void Is_refused(string filter) => Assert.That(() => Filter.Parse(filter), Throws.InstanceOf<FilterException>());

    [Test]
    public void Depth_has_a_limit()
    {
        Assert.That(() => Filter.Parse(new string('(', 5000) + "a eq 1" + new string(')', 5000)), Throws.InstanceOf<FilterException>());
        Assert.That(() => Filter.Parse(string.Concat(Enumerable.Repeat("not ", 5000)) + "a"), Throws.InstanceOf<FilterException>());
    }

    [Test]
    public void Tells_what_it_uses()
    {
        var filter = Filter.Parse("not startswith(name,'x') and participants/any(p:p/id eq 'a') or start/dateTime ne null");

        Assert.That(filter.Operators, Is.EquivalentTo(["not", "startswith", "any", "eq", "ne"]));
        Assert.That(filter.Paths, Is.EquivalentTo(["name", "participants", "p/id", "start/dateTime"]));
    }
}
