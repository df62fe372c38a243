using System.Buffers;
using System.Text;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;

namespace Psoxy.Core.Tests.Sanitize;

/// <summary>Runs the sanitizer as a caller would, in chunks of any size.</summary>
internal static class Sanitizing
{
    public static readonly Pseudonymizer Pseudonymizer = new(PseudonymKey.Create("salt"u8, "secret"u8), new PseudonymOptions());

    public static (SanitizeStatus Status, string Output, SanitizeReport Report) Run(Endpoint endpoint, ReadOnlySpan<byte> input, int chunk = int.MaxValue, bool ndjson = false, SanitizerLimits? limits = null)
    {
        var output = new ArrayBufferWriter<byte>();
        using var sanitizer = new JsonSanitizer(SanitizerPlan.Compile(endpoint), Pseudonymizer, output, limits, ndjson);
        var status = SanitizeStatus.NeedMore;
        for (var at = 0; at < input.Length && status == SanitizeStatus.NeedMore; at += chunk)
        {
            status = sanitizer.Write(new ReadOnlySequence<byte>(input.Slice(at, Math.Min(chunk, input.Length - at)).ToArray()));
            if (chunk == int.MaxValue) break;
        }

        if (status == SanitizeStatus.NeedMore) status = sanitizer.Complete();
        return (status, Encoding.UTF8.GetString(output.WrittenSpan), sanitizer.Report);
    }

    /// <summary>The output, the same for every chunking.</summary>
    public static string Output(Endpoint endpoint, string input)
    {
        var utf8 = Encoding.UTF8.GetBytes(input);
        var whole = Run(endpoint, utf8);
        Assert.That(whole.Status, Is.EqualTo(SanitizeStatus.Complete));
        foreach (var chunk in (int[])[1, 2, 3, 7]) Assert.That(Run(endpoint, utf8, chunk).Output, Is.EqualTo(whole.Output), $"in chunks of {chunk}");
        return whole.Output;
    }
}
