using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Rules;
using Psoxy.Core.Sanitize;

namespace Psoxy.Cli.Rules;

/// <summary><c>sanitize --cases</c>: thousands of cases over tens of rules files in one process. A bad line becomes an answer; the rest goes on.</summary>
internal sealed class CasesRunner(Pseudonymizer pseudonymizer)
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Deep enough for whatever the sanitizer itself accepts, so that the case is judged by the sanitizer's limit.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1024 };

    private readonly Dictionary<string, RulesLoad> _loads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Engine> _engines = new(StringComparer.Ordinal);

    public static async Task<int> RunAsync(FileInfo cases, FileInfo answers, Pseudonymizer pseudonymizer, TextWriter progress, CancellationToken cancellation)
    {
        var runner = new CasesRunner(pseudonymizer);
        using var reader = Open(cases);
        await using var output = Create(answers);
        var count = 0;
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            runner.Answer(line, ++count, output);
            if (count % 1000 == 0 && !Console.IsErrorRedirected) await progress.WriteAsync($"\r{count} cases");
        }

        if (!Console.IsErrorRedirected) await progress.WriteLineAsync($"\r{count} cases");
        return ExitCode.Ok;
    }

    private void Answer(string line, int number, Stream output)
    {
        var answer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(answer, OneLine))
        {
            JsonDocument? document = null;
            try
            {
                document = JsonDocument.Parse(line, Deep);
                var (id, result) = (Text(document.RootElement, "id", raw: true), Judge(document.RootElement));
                Write(writer, id, number, result);
            }
            catch (JsonException)
            {
                Write(writer, null, number, new(false, "BadLine: not a JSON object on one line", default));
            }
            finally
            {
                document?.Dispose();
            }
        }

        output.Write(answer.WrittenSpan);
        output.WriteByte((byte)'\n');
    }

    private Result Judge(JsonElement test)
    {
        if (test.ValueKind != JsonValueKind.Object) return new(false, "BadLine: not a JSON object", default);
        if (Text(test, "rules") is not { } rules) return new(false, "BadLine: 'rules' is missing", default);
        if (Text(test, "url") is not { } url) return new(false, "BadLine: 'url' is missing", default);
        if (!test.TryGetProperty("input", out var input)) return new(false, "BadLine: 'input' is missing", default);
        if (EngineFor(rules, out var problem) is not { } engine) return new(false, problem, default);

        var decision = engine.Decide(Text(test, "method") ?? "GET", RequestUrl.Parse(url));
        if (!decision.IsAllowed) return new(false, decision.Reason.ToString(), default);

        var sanitized = new ArrayBufferWriter<byte>();
        using var sanitizer = new JsonSanitizer(engine.PlanFor(decision.Endpoint!), pseudonymizer, sanitized);
        var status = sanitizer.Write(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(input.GetRawText())));
        if (status == SanitizeStatus.NeedMore) status = sanitizer.Complete();
        return status == SanitizeStatus.Complete ? new(true, decision.Reason.ToString(), sanitized.WrittenMemory) : new(true, status.ToString(), default);
    }

    private Engine? EngineFor(string rules, out string problem)
    {
        problem = "";
        if (_engines.TryGetValue(rules, out var engine)) return engine;
        if (!_loads.TryGetValue(rules, out var load))
        {
            try
            {
                load = RulesSource.Load(rules, []);
            }
            catch (UsageException missing)
            {
                problem = "RulesUnreadable: " + missing.Message;
                return null;
            }

            _loads.Add(rules, load);
        }

        if (load.Rules is not null) return _engines[rules] = new Engine(load.Rules);
        problem = "RulesInvalid: " + load.Errors[0];
        return null;
    }

    private static void Write(Utf8JsonWriter writer, string? id, int number, Result result)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("id");
        if (id is null) writer.WriteNumberValue(number);
        else writer.WriteRawValue(id);
        writer.WriteBoolean("allowed", result.Allowed);
        writer.WriteString("reason", result.Reason);
        writer.WritePropertyName("output");
        if (result.Output.IsEmpty) writer.WriteNullValue();
        else writer.WriteRawValue(result.Output.Span, skipInputValidation: true);
        writer.WriteEndObject();
    }

    private static string? Text(JsonElement test, string name, bool raw = false) =>
        test.ValueKind == JsonValueKind.Object && test.TryGetProperty(name, out var value)
            ? raw ? value.GetRawText() : value.ValueKind == JsonValueKind.String ? value.GetString() : null
            : null;

    private static StreamReader Open(FileInfo file)
    {
        try
        {
            return file.OpenText();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read '{file}': {fault.Message}");
        }
    }

    private static BufferedStream Create(FileInfo file)
    {
        try
        {
            return new BufferedStream(file.Create(), 1 << 16);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot write '{file}': {fault.Message}");
        }
    }

    private readonly record struct Result(bool Allowed, string Reason, ReadOnlyMemory<byte> Output);
}
