using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Psoxy.Gcp.Log;

namespace Psoxy.Gcp.Tests.Log;

/// <summary>Trace headers are what a caller writes: an id to the letter, or nothing.</summary>
public sealed class TraceContextTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Span = "00f067aa0ba902b7";

    [TestCase($"00-{Trace}-{Span}-01", Span, true)]
    [TestCase($"00-{Trace}-{Span}-00", Span, false)]
    [TestCase($"00-{Trace}-{Span}-03", Span, true)]
    public void Accepts_traceparent(string header, string span, bool isSampled)
    {
        var trace = TraceContext.Of(new HeaderDictionary { ["traceparent"] = header });

        Assert.That((trace.TraceId.ToHexString(), trace.SpanId.ToHexString(), trace.IsSampled), Is.EqualTo((Trace, span, isSampled)));
    }

    [TestCase($"{Trace}/67667974448284343;o=1", Span, true)]
    [TestCase($"{Trace}/67667974448284343;o=0", Span, false)]
    [TestCase($"{Trace}/67667974448284343", Span, false)]
    [TestCase($"{Trace}/18446744073709551615;o=1", "ffffffffffffffff", true)]
    [TestCase($"{Trace}/0;o=1", "0000000000000000", true)]
    [TestCase(Trace, "0000000000000000", false)]
    [TestCase($"{Trace};o=1", "0000000000000000", true)]
    public void Accepts_Googles_own(string header, string span, bool isSampled)
    {
        var trace = TraceContext.Of(new HeaderDictionary { ["X-Cloud-Trace-Context"] = header });

        Assert.That((trace.TraceId.ToHexString(), trace.SpanId == default ? "0000000000000000" : trace.SpanId.ToHexString(), trace.IsSampled), Is.EqualTo((Trace, span, isSampled)));
    }

    [TestCase("")]
    [TestCase("kanarie@contoso.example")]
    [TestCase($"00-{Trace}-{Span}-01 ")]
    [TestCase($"00-{Trace}-{Span}-01-kanarie")]
    [TestCase($"01-{Trace}-{Span}-01")]
    [TestCase($"ff-{Trace}-{Span}-01")]
    [TestCase($"00-{Trace}-{Span}-0G")]
    [TestCase($"00-{Trace}-{Span}-1")]
    [TestCase("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [TestCase("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [TestCase($"00-{Trace}-0000000000000000-01")]
    [TestCase("00-kanarie-contoso-example-kanarie1-kanarie-kanarie1-01")]
    [TestCase($"00_{Trace}_{Span}_01")]
    public void Rejects_any_other_traceparent(string header) => Assert.That(TraceContext.Of(new HeaderDictionary { ["traceparent"] = header }).IsNone, Is.True);

    [TestCase("")]
    [TestCase("kanarie")]
    [TestCase($"{Trace}/kanarie;o=1")]
    [TestCase($"{Trace}/-1;o=1")]
    [TestCase($"{Trace}/18446744073709551616")]
    [TestCase($"{Trace}/;o=1")]
    [TestCase($"{Trace}/1;o=2")]
    [TestCase($"{Trace}/1;kanarie")]
    [TestCase($"{Trace}0")]
    [TestCase($" {Trace}")]
    [TestCase("00000000000000000000000000000000/1;o=1")]
    [TestCase("4BF92F3577B34DA6A3CE929D0E0E4736/1;o=1")]
    public void Rejects_any_other_of_Googles(string header) => Assert.That(TraceContext.Of(new HeaderDictionary { ["X-Cloud-Trace-Context"] = header }).IsNone, Is.True);

    [Test]
    public void Two_headers_of_a_name_are_none()
    {
        var headers = new HeaderDictionary { ["traceparent"] = new StringValues([$"00-{Trace}-{Span}-01", $"00-{Trace}-{Span}-01"]) };

        Assert.That(TraceContext.Of(headers).IsNone, Is.True);
    }

    [Test]
    public void Traceparent_wins_and_a_bad_one_does_not_hide_the_other()
    {
        const string Other = "5bf92f3577b34da6a3ce929d0e0e4736";

        Assert.That(TraceContext.Of(new HeaderDictionary { ["traceparent"] = $"00-{Trace}-{Span}-01", ["X-Cloud-Trace-Context"] = Other }).TraceId.ToHexString(), Is.EqualTo(Trace));
        Assert.That(TraceContext.Of(new HeaderDictionary { ["traceparent"] = "kanarie", ["X-Cloud-Trace-Context"] = Other }).TraceId, Is.EqualTo(ActivityTraceId.CreateFromString(Other)));
    }
}
