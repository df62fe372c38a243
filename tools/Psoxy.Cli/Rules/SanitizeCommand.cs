using System.CommandLine;
using System.IO.Pipelines;
using Psoxy.Core.Pseudonyms;
using Psoxy.Core.Sanitize;

namespace Psoxy.Cli.Rules;

/// <summary><c>psoxy rules sanitize</c>: what a function would pass on of a response, from a file or a pipe.</summary>
internal static class SanitizeCommand
{
    public static Command Create()
    {
        var input = new Argument<string>("INPUT") { Description = "The response: a file, or - for standard input.", DefaultValueFactory = _ => "-" };
        var rules = RulesSource.RulesOption();
        rules.Required = false;
        var url = new Option<string?>("--url", "-u") { Description = "Path and query that gave the response, or the whole URL.", HelpName = "URL" };
        var method = new Option<string>("--method", "-X") { Description = "HTTP method.", HelpName = "METHOD", DefaultValueFactory = _ => "GET" };
        var variant = RulesSource.VariantOption();
        var cases = new Option<FileInfo?>("--cases") { Description = "Many cases: JSON lines of {id, rules, method, url, input}.", HelpName = "FILE.jsonl" };
        var answers = new Option<FileInfo?>("--out") { Description = "Where the answers to --cases go: JSON lines of {id, allowed, reason, output}.", HelpName = "FILE.jsonl" };
        var secrets = new PseudonymFiles();
        var command = new Command("sanitize", "Sanitize a response. Exit code 0, 4 if the rules refuse the request, 5 if the input is not JSON.")
        {
            input, rules, url, method, variant, cases, answers,
        };
        secrets.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var pseudonymizer = secrets.Open(parsed);
            if (parsed.GetValue(cases) is { } file)
            {
                var to = parsed.GetValue(answers) ?? throw new UsageException("--cases needs --out FILE.jsonl for the answers.");
                return await CasesRunner.RunAsync(file, to, pseudonymizer, parsed.InvocationConfiguration.Error, cancellation);
            }

            var source = parsed.GetValue(rules) ?? throw new UsageException("--rules is missing: name a rules file or a connector.");
            var address = parsed.GetValue(url) ?? throw new UsageException("--url is missing: the path and query that gave the response.");
            var load = RulesSource.Load(source, parsed.GetRequiredValue(variant));
            if (load.Rules is null)
            {
                foreach (var error in load.Errors) await parsed.InvocationConfiguration.Error.WriteLineAsync(error.ToString());
                return ExitCode.InvalidRules;
            }

            var engine = new Engine(load.Rules);
            var decision = engine.Decide(parsed.GetRequiredValue(method), RequestUrl.Parse(address));
            if (!decision.IsAllowed)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(
                    $"refused: {decision.Reason}. 'psoxy rules explain' with the same options says more.");
                return ExitCode.Refused;
            }

            await using var from = Open(parsed.GetRequiredValue(input));
            return await SanitizeAsync(engine.PlanFor(decision.Endpoint!), pseudonymizer, from, parsed.InvocationConfiguration.Error, cancellation);
        });
        return command;
    }

    private static Stream Open(string input)
    {
        if (input == "-") return Console.OpenStandardInput();
        try
        {
            return File.OpenRead(input);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read '{input}': {fault.Message}");
        }
    }

    private static async Task<int> SanitizeAsync(SanitizerPlan plan, Pseudonymizer pseudonymizer, Stream from, TextWriter error, CancellationToken cancellation)
    {
        await using var stdout = Console.OpenStandardOutput();
        var reader = PipeReader.Create(from);
        var writer = PipeWriter.Create(stdout);
        using var sanitizer = new JsonSanitizer(plan, pseudonymizer, writer);
        var status = SanitizeStatus.NeedMore;
        while (status == SanitizeStatus.NeedMore)
        {
            var read = await reader.ReadAsync(cancellation);
            status = sanitizer.Write(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted && status == SanitizeStatus.NeedMore) status = sanitizer.Complete();
            await writer.FlushAsync(cancellation);
        }

        await writer.CompleteAsync();
        await reader.CompleteAsync();
        if (status == SanitizeStatus.Complete) return ExitCode.Ok;
        await error.WriteLineAsync($"psoxy: the input is not JSON that can be sanitized ({status}); nothing after the fault was written");
        return ExitCode.NotJson;
    }
}
