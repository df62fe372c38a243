using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Psoxy.Core.Connectors;
using Psoxy.Core.Gate;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;

namespace Psoxy.Benchmarks;

/// <summary>Throughput beside a bare scan of the same bytes, memory, first byte.</summary>
internal static class SanitizerBars
{
    private const int Rounds = 7;
    private const int Chunk = 64 * 1024;

    public static void Run()
    {
        var rules = RulesLoader.Load(ConnectorCatalog.Find("outlook-mail")!.RulesYaml, "outlook-mail").Rules!;
        var decision = new RequestGate(rules).Decide("GET", "/v1.0/users/48d31887-5fad-4d73-a9f5-3c356e68a038/mailFolders/SentItems/messages", "");
        var plan = SanitizerPlan.Compile(decision.Endpoint!);
        var page = MessagePage.OfSize(10 << 20);

        var coldWatch = Stopwatch.StartNew();
        using (var cold = NewPseudonymizer()) Sanitize(plan, cold, page);
        var coldTime = coldWatch.Elapsed;
        using var pseudonymizer = NewPseudonymizer();
        for (var round = 0; round < 3; round++)
        {
            Sanitize(plan, pseudonymizer, page);
            Scan(page);
        }

        var ratios = new List<double>();
        var speeds = new List<double>();
        var colds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var scan = Time(() => Scan(page));
            var sanitize = Time(() => Sanitize(plan, pseudonymizer, page));
            ratios.Add(scan / sanitize);
            speeds.Add(page.Length / 1e6 / sanitize);
            using var fresh = NewPseudonymizer();
            colds.Add(scan / Time(() => Sanitize(plan, fresh, page)));
        }

        Bars.AtLeast("sanitize-vs-scan-warm", Median(ratios), 0.5);
        Bars.Figure("sanitize-vs-scan-cold-cache", Median(colds));
        Bars.Figure("sanitize-MB-per-s-warm", Median(speeds));
        Bars.Figure("sanitize-first-run-ms", coldTime.TotalMilliseconds);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Sanitize(plan, pseudonymizer, page);
        Bars.Figure("sanitize-allocated-KB-per-MB", (GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0 / (page.Length / 1048576.0));
        Memory(plan, pseudonymizer);
    }

    // 500 MB, piece by piece; the pieces are made beforehand so that only the sanitizer is seen.
    private static void Memory(SanitizerPlan plan, Pseudonymizer pseudonymizer)
    {
        var messages = Enumerable.Range(0, 64).Select(number => Encoding.UTF8.GetBytes((number == 0 ? "" : ",") + MessagePage.Message(number))).ToArray();
        var sink = new CountingSink();
        using var sanitizer = new JsonSanitizer(plan, pseudonymizer, sink);
        sanitizer.Write(new ReadOnlySequence<byte>("{\"value\":["u8.ToArray()));
        GC.Collect();
        var start = GC.GetTotalMemory(true);
        var most = 0L;
        long written = 0, firstByteAt = 0;
        for (var number = 0; written < 500L << 20; number++)
        {
            var message = messages[number == 0 ? 0 : 1 + (number % 63)];
            sanitizer.Write(new ReadOnlySequence<byte>(message));
            written += message.Length;
            if (firstByteAt == 0 && sink.Count > 20) firstByteAt = written;
            if (number % 20_000 == 0) most = Math.Max(most, GC.GetTotalMemory(true) - start);
        }

        sanitizer.Write(new ReadOnlySequence<byte>("]}"u8.ToArray()));
        if (sanitizer.Complete() != SanitizeStatus.Complete) throw new InvalidOperationException("the stream was not sanitized");
        Bars.AtMost("memory-growth-500MB-MB", most / 1048576.0, 32);
        Bars.AtMost("first-byte-out-after-bytes-in", firstByteAt, 1 << 20);
    }

    private static void Sanitize(SanitizerPlan plan, Pseudonymizer pseudonymizer, byte[] page)
    {
        using var sanitizer = new JsonSanitizer(plan, pseudonymizer, new CountingSink());
        for (var at = 0; at < page.Length; at += Chunk) sanitizer.Write(new ReadOnlySequence<byte>(page, at, Math.Min(Chunk, page.Length - at)));
        if (sanitizer.Complete() != SanitizeStatus.Complete) throw new InvalidOperationException("the page was not sanitized");
    }

    private static void Scan(byte[] page)
    {
        var reader = new Utf8JsonReader(page);
        while (reader.Read())
        {
        }
    }

    private static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Pseudonymizer NewPseudonymizer() => new(PseudonymKey.Create("salt"u8, "secret"u8), new PseudonymOptions());

    /// <summary>Counts and forgets.</summary>
    private sealed class CountingSink : IBufferWriter<byte>
    {
        private byte[] _buffer = new byte[Chunk];

        public long Count { get; private set; }

        public void Advance(int count) => Count += count;

        public Memory<byte> GetMemory(int sizeHint = 0) => Grown(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => Grown(sizeHint);

        private byte[] Grown(int size) => _buffer.Length >= size ? _buffer : _buffer = new byte[size];
    }
}
