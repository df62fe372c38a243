using System.CommandLine;
using System.Text.Json;
using Psoxy.Core.Rules;

namespace Psoxy.Cli.Rules;

/// <summary><c>psoxy rules check FILE…</c>: valid, or every error.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Rules files or connector ids.", Arity = ArgumentArity.OneOrMore };
        var variant = RulesSource.VariantOption();
        var json = JsonOutput.Option();
        var command = new Command("check", "Say whether rules files are valid, with every error. Exit code 0, or 3 if one is invalid.") { files, variant, json };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(files),
            parsed.GetRequiredValue(variant),
            parsed.GetValue(json),
            parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(string[] files, string[] flags, bool json, InvocationConfiguration io)
    {
        var loads = files.Select(file => (File: file, Load: RulesSource.Load(file, flags))).ToList();
        if (json) JsonOutput.Write(io.Output, writer => WriteJson(writer, loads));
        else foreach (var (file, load) in loads) WriteText(io.Output, file, load);
        return loads.TrueForAll(l => l.Load.Rules is not null) ? ExitCode.Ok : ExitCode.InvalidRules;
    }

    private static void WriteText(TextWriter output, string file, RulesLoad load)
    {
        if (load.Rules is { } rules)
        {
            output.WriteLine($"{file}: valid, {rules.Endpoints.Length} endpoints, sha1 {rules.Sha1}");
            return;
        }

        foreach (var error in load.Errors) output.WriteLine(error.ToString());
        output.WriteLine($"{file}: invalid, {load.Errors.Length} {(load.Errors.Length == 1 ? "error" : "errors")}");
    }

    private static void WriteJson(Utf8JsonWriter writer, List<(string File, RulesLoad Load)> loads)
    {
        writer.WriteStartArray();
        foreach (var (file, load) in loads)
        {
            writer.WriteStartObject();
            writer.WriteString("file", file);
            writer.WriteBoolean("valid", load.Rules is not null);
            if (load.Rules is { } rules)
            {
                writer.WriteNumber("endpoints", rules.Endpoints.Length);
                writer.WriteString("sha1", rules.Sha1);
            }

            writer.WriteStartArray("errors");
            foreach (var error in load.Errors)
            {
                writer.WriteStartObject();
                writer.WriteNumber("line", error.Line);
                writer.WriteNumber("column", error.Column);
                if (error.Endpoint is not null) writer.WriteString("endpoint", error.Endpoint);
                writer.WriteString("message", error.Message);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
