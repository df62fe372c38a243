using System.Buffers;
using System.Text;
using Psoxy.Benchmarks.Pages;
using Psoxy.Core.Sanitize;

namespace Psoxy.Benchmarks;

/// <summary>A response of 500 MB, piece by piece: what it costs in memory, and when the first byte of it leaves.</summary>
internal static class MemoryBars
{
    private const long Size = 500L << 20;

    public static void Run()
    {
        // Made beforehand, so that only the sanitizer is seen.
        var items = Enumerable.Range(0, 64).Select(number => Encoding.UTF8.GetBytes((number == 0 ? "" : ",") + MessagePage.Message(number))).ToArray();
        var sink = new CountingSink();
        using var pseudonymizer = Sanitizing.NewPseudonymizer();
        using var sanitizer = new JsonSanitizer(GraphPage.Messages.Plan(), pseudonymizer, sink);
        sanitizer.Write(new ReadOnlySequence<byte>("{\"value\":["u8.ToArray()));
        var envelope = sink.Count;
        GC.Collect();
        var start = GC.GetTotalMemory(true);
        long most = 0, written = 0, firstByteAt = 0;
        for (var number = 0; written < Size; number++)
        {
            var item = items[number == 0 ? 0 : 1 + (number % 63)];
            sanitizer.Write(new ReadOnlySequence<byte>(item));
            written += item.Length;
            if (firstByteAt == 0 && sink.Count > envelope) firstByteAt = written;
            if (number % 20_000 == 0) most = Math.Max(most, GC.GetTotalMemory(true) - start);
        }

        sanitizer.Write(new ReadOnlySequence<byte>("]}"u8.ToArray()));
        if (sanitizer.Complete() != SanitizeStatus.Complete) throw new InvalidOperationException("the stream was not sanitized");
        Bars.AtMost("memory-growth-500MB-MB", most / 1048576.0, 32);
        Bars.AtMost("first-byte-out-after-bytes-in", firstByteAt, 1 << 20);
    }
}
