using System.Buffers;
using System.Text.Json;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize;

namespace Psoxy.Benchmarks;

/// <summary>The work that is measured.</summary>
internal static class Sanitizing
{
    private const int Chunk = 64 * 1024;
    private static readonly CountingSink Sink = new();

    /// <summary>A page through the sanitizer, in chunks as a socket gives them.</summary>
    public static void Sanitize(SanitizerPlan plan, Pseudonymizer pseudonymizer, byte[] page)
    {
        using var sanitizer = new JsonSanitizer(plan, pseudonymizer, Sink);
        for (var at = 0; at < page.Length; at += Chunk) sanitizer.Write(new ReadOnlySequence<byte>(page, at, Math.Min(Chunk, page.Length - at)));
        if (sanitizer.Complete() != SanitizeStatus.Complete) throw new InvalidOperationException("the page was not sanitized");
    }

    /// <summary>The least that anybody who reads JSON does.</summary>
    public static void Scan(byte[] page)
    {
        var reader = new Utf8JsonReader(page);
        while (reader.Read())
        {
        }
    }

    public static Pseudonymizer NewPseudonymizer() => new(PseudonymKey.Create("salt"u8, "secret"u8), new PseudonymOptions());
}
