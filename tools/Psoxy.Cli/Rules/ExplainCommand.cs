using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Psoxy.Core.Gate;

namespace Psoxy.Cli.Rules;

/// <summary><c>psoxy rules explain</c>: why a request passes or not, and what stays of its answer.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var rules = RulesSource.RulesOption();
        var url = new Option<string>("--url", "-u") { Description = "Path and query, or the whole URL.", HelpName = "URL", Required = true };
        var method = new Option<string>("--method", "-X") { Description = "HTTP method.", HelpName = "METHOD", DefaultValueFactory = _ => "GET" };
        var variant = RulesSource.VariantOption();
        var json = JsonOutput.Option();
        var command = new Command("explain", "Say which endpoint allows a request, or why none does. Exit code 0, or 4 when refused.") { rules, url, method, variant, json };
        command.SetAction(parsed =>
        {
            var io = parsed.InvocationConfiguration;
            var load = RulesSource.Load(parsed.GetRequiredValue(rules), parsed.GetRequiredValue(variant));
            if (load.Rules is null)
            {
                foreach (var error in load.Errors) io.Error.WriteLine(error.ToString());
                return ExitCode.InvalidRules;
            }

            var decision = new Engine(load.Rules).Decide(parsed.GetRequiredValue(method), RequestUrl.Parse(parsed.GetRequiredValue(url)));
            var tree = decision.IsAllowed ? PropertyTree.Of(decision.Endpoint!) : [];
            if (parsed.GetValue(json)) JsonOutput.Write(io.Output, writer => WriteJson(writer, decision, tree));
            else WriteText(io.Output, decision, tree);
            return decision.IsAllowed ? ExitCode.Ok : ExitCode.Refused;
        });
        return command;
    }

    private static void WriteText(TextWriter output, Decision decision, ImmutableArray<PropertyLine> tree)
    {
        output.WriteLine(decision.IsAllowed ? "allowed" : $"refused: {decision.Reason}{(decision.Detail is null ? "" : $" ({decision.Detail})")}");
        if (decision.Endpoint is { } endpoint) output.WriteLine($"{(decision.IsAllowed ? "endpoint " : "nearest  ")} {endpoint.Name} (line {endpoint.Line})");
        if (decision.Request is { } request) output.WriteLine($"canonical {request.Method} {request.PathAndQuery}");
        if (!decision.IsAllowed) return;
        output.WriteLine($"headers   {(decision.Endpoint!.RequestHeaders.IsEmpty ? "none" : string.Join(", ", decision.Endpoint.RequestHeaders))} passed on");
        output.WriteLine("answer    " + (decision.Endpoint.ResponseSchema is null ? "no allow-list: what no transform names stays" : "what is not listed here is dropped"));
        foreach (var line in tree) output.WriteLine($"  {Word(line.Treatment),-14}{new string(' ', line.Depth * 2)}{line.Name}");
    }

    private static void WriteJson(Utf8JsonWriter writer, Decision decision, ImmutableArray<PropertyLine> tree)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("allowed", decision.IsAllowed);
        writer.WriteString("reason", decision.Reason.ToString());
        writer.WriteString("detail", decision.Detail);
        writer.WriteString("endpoint", decision.Endpoint?.Name);
        writer.WriteString("canonical", decision.Request?.PathAndQuery);
        writer.WriteStartArray("properties");
        foreach (var line in tree)
        {
            writer.WriteStartObject();
            writer.WriteString("path", line.Path);
            writer.WriteString("treatment", Word(line.Treatment));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Word(PropertyTreatment treatment) => treatment switch
    {
        PropertyTreatment.Kept => "kept",
        PropertyTreatment.Pseudonymized => "pseudonym",
        PropertyTreatment.Reduced => "reduced",
        _ => "dropped",
    };
}
