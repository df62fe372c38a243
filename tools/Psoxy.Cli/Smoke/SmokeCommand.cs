using System.CommandLine;
using System.Text.Json;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Smoke;

/// <summary><c>psoxy smoke</c>: calls what is deployed, and says of each request whether it is well.</summary>
internal static class SmokeCommand
{
    public static Command Create()
    {
        var config = SettingsSource.Option();
        var connectors = SettingsSource.ConnectorsOption();
        var json = JsonOutput.Option();
        var command = new Command("smoke", "Call each function with gcloud: its health check, then the requests that need no id. Rows are counted, never shown. Exit code 1 if anything is wrong.") { connectors, json, config };
        command.SetAction(async (parsed, cancellation) =>
        {
            var io = parsed.InvocationConfiguration;
            if (SettingsSource.Read(parsed.GetRequiredValue(config), io.Error) is not { } settings) return ExitCode.InvalidFile;
            var chosen = SettingsSource.Choose(settings, parsed.GetRequiredValue(connectors));
            var isJson = parsed.GetValue(json);
            var all = new List<(ConnectorSettings Connector, IReadOnlyList<SmokeResult> Results)>();
            foreach (var connector in chosen)
            {
                using var caller = new FunctionCaller(settings, connector);
                if (!isJson) io.Output.WriteLine(settings.NameOf(connector));
                var results = new List<SmokeResult>();
                await foreach (var result in new SmokeTest(settings, connector, caller).RunAsync(cancellation))
                {
                    results.Add(result);
                    if (!isJson) WriteText(io.Output, result);
                }

                all.Add((connector, results));
            }

            if (isJson) JsonOutput.Write(io.Output, writer => WriteJson(writer, settings, all));
            var (failed, total) = (all.Sum(one => one.Results.Count(result => !result.IsOk)), all.Sum(one => one.Results.Count));
            if (!isJson) io.Output.WriteLine(failed == 0 ? $"all well: {total} requests to {all.Count} {(all.Count == 1 ? "function" : "functions")}" : $"{failed} of {total} requests failed");
            return failed == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static void WriteText(TextWriter output, SmokeResult result)
    {
        output.WriteLine($"  {(result.IsOk ? "ok    " : "FAILED")}  {result.Request}{(result.Rows is { } rows ? $"  {rows} {(rows == 1 ? "row" : "rows")}" : "")}");
        foreach (var note in result.Notes) output.WriteLine($"          {note}");
    }

    private static void WriteJson(Utf8JsonWriter writer, DeploymentSettings settings, IReadOnlyList<(ConnectorSettings Connector, IReadOnlyList<SmokeResult> Results)> all)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", all.All(one => one.Results.All(result => result.IsOk)));
        writer.WriteStartArray("functions");
        foreach (var (connector, results) in all)
        {
            writer.WriteStartObject();
            writer.WriteString("connector", connector.Connector.Id);
            writer.WriteString("function", settings.NameOf(connector));
            writer.WriteStartArray("requests");
            foreach (var result in results)
            {
                writer.WriteStartObject();
                writer.WriteString("request", result.Request);
                writer.WriteBoolean("ok", result.IsOk);
                if (result.Status is { } status) writer.WriteNumber("status", status);
                if (result.Rows is { } rows) writer.WriteNumber("rows", rows);
                writer.WriteStartArray("notes");
                foreach (var note in result.Notes) writer.WriteStringValue(note);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
