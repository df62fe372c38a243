using System.CommandLine;
using System.Text.Json;

namespace Psoxy.Cli.Pseudonyms;

/// <summary><c>psoxy pseudonyms compare OLD NEW</c>: do an old and a new proxy give the same people the same pseudonyms?</summary>
internal static class CompareCommand
{
    private const int Shown = 10;

    private static readonly (Disagreement What, string Text)[] Words =
    [
        (Disagreement.Hash, "another hash"), (Disagreement.Domain, "another domain"), (Disagreement.Reversible, "the same hash, another reversible part"), (Disagreement.Form, "the same hash, written in another way"),
        (Disagreement.OnlyOld, "a pseudonym in the old answer only"), (Disagreement.OnlyNew, "a pseudonym in the new answer only"),
    ];

    public static Command Create()
    {
        var before = new Argument<string>("OLD") { Description = "The old proxy's answer: JSON, or a JSON value a line." };
        var after = new Argument<string>("NEW") { Description = "The new proxy's answer to the same request." };
        var json = JsonOutput.Option();
        var command = new DifferenceCommand("compare", "Compare the pseudonyms of two answers to one request, row by row. Shows places and counts, no values. Exit code 0 they agree, 2 they do not, 1 they cannot be compared.") { before, after, json };
        command.SetAction(parsed =>
        {
            var io = parsed.InvocationConfiguration;
            var comparison = AnswerComparison.Of(Read(parsed.GetRequiredValue(before)), Read(parsed.GetRequiredValue(after)), Shown);
            if (comparison is { Agreeing: 0, Disagreeing: 0 }) throw new UsageException("there is no pseudonym in either file: save the answers to a request that has rows.");
            if (parsed.GetValue(json)) JsonOutput.Write(io.Output, writer => WriteJson(writer, comparison));
            else WriteText(io.Output, comparison);
            return comparison.Disagreeing == 0 ? ExitCode.Ok : ExitCode.Differs;
        });
        return command;
    }

    private static List<JsonElement> Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read '{file}': {fault.Message}");
        }

        var text = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes.AsSpan(3) : bytes;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 128 });
        var values = new List<JsonElement>();
        try
        {
            while (reader.Read()) values.Add(JsonElement.ParseValue(ref reader));
        }
        catch (JsonException)
        {
            // Its message may hold a piece of the file.
            throw new UsageException($"'{file}' is not JSON: value {values.Count + 1} cannot be read. Save the body of the answer, without headers.");
        }

        return values;
    }

    private static void WriteText(TextWriter output, AnswerComparison comparison)
    {
        var all = comparison.Agreeing + comparison.Disagreeing;
        output.WriteLine($"{comparison.Agreeing} of {all} pseudonyms agree");
        foreach (var (what, text) in Words)
            if (comparison.Counts.GetValueOrDefault(what) is > 0 and var count) output.WriteLine($"{count,6}  {text}");
        if (comparison.OtherDifferences > 0) output.WriteLine($"{comparison.OtherDifferences,6}  other values differ or are in one answer only (not counted above)");
        if (comparison.First.Count == 0) return;
        output.WriteLine(comparison.Disagreeing > comparison.First.Count ? $"the first {comparison.First.Count}:" : "at:");
        foreach (var (path, what) in comparison.First) output.WriteLine($"  {path}  {Text(what)}");
        if (Advice(comparison) is { } advice) output.WriteLine(advice);
    }

    private static string Text(Disagreement what) => Words.First(word => word.What == what).Text;

    private static string? Advice(AnswerComparison comparison)
    {
        int Of(Disagreement what) => comparison.Counts.GetValueOrDefault(what);
        if (Of(Disagreement.Hash) > 0 && comparison.Agreeing == 0 && Of(Disagreement.Reversible) == 0) return "No hash is the same: the salts differ (compare X-Psoxy-PII-Salt-Sha256 of both answers; a line break at the end counts), or the rows are in another order.";
        if (Of(Disagreement.Hash) > 0) return "Some hashes are the same: the salt is. Look at the order of rows, and at emailCanonicalization.";
        return Of(Disagreement.Reversible) > 0 ? "The salt is the same. The encryption keys differ, or Graph spelled the same address in two ways." : null;
    }

    private static void WriteJson(Utf8JsonWriter writer, AnswerComparison comparison)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("agree", comparison.Disagreeing == 0);
        writer.WriteNumber("agreeing", comparison.Agreeing);
        foreach (var (what, _) in Words) writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(what.ToString()), comparison.Counts.GetValueOrDefault(what));
        writer.WriteNumber("otherDifferences", comparison.OtherDifferences);
        writer.WriteStartArray("first");
        foreach (var (path, what) in comparison.First)
        {
            writer.WriteStartObject();
            writer.WriteString("path", path);
            writer.WriteString("what", JsonNamingPolicy.CamelCase.ConvertName(what.ToString()));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
