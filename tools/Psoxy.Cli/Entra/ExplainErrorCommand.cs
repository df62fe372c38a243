using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Psoxy.Core.Entra;

namespace Psoxy.Cli.Entra;

/// <summary><c>psoxy entra explain AADSTS700213</c>: cause and fix of an error of Entra. Takes a whole error message as well, and shows nothing of it but the codes.</summary>
internal static partial class ExplainErrorCommand
{
    public static Command Create()
    {
        var text = new Argument<string[]>("CODE") { Description = "AADSTS700213, 700213, or the whole message that holds it.", Arity = ArgumentArity.OneOrMore };
        var json = JsonOutput.Option();
        var command = new Command("explain", "Say what an error of Entra (AADSTS…) means for a connector and what to do. Exit code 0, or 1 if a code is not known.") { text, json };
        command.SetAction(parsed => Run(string.Join(' ', parsed.GetRequiredValue(text)), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string text, bool json, TextWriter output)
    {
        var found = CodesIn(text).Select(code => (Code: code, Error: EntraErrorCatalog.Find(code))).ToList();
        if (found.Count == 0) throw new UsageException("there is no code such as AADSTS700213 in that.");
        if (json) JsonOutput.Write(output, writer => WriteJson(writer, found));
        else foreach (var (code, error) in found) WriteText(output, code, error);
        return found.TrueForAll(each => each.Error is not null) ? ExitCode.Ok : ExitCode.Failed;
    }

    // In a message only what is marked counts: it holds other numbers. Bare, a code stands alone.
    private static List<int> CodesIn(string text)
    {
        var marked = Marked().Matches(text).Select(match => match.Groups[1].Value).ToList();
        var words = marked.Count > 0 ? marked : [.. text.Split(' ').Where(word => word.All(char.IsAsciiDigit) && word.Length is >= 5 and <= 8)];
        return [.. words.Select(word => int.Parse(word, CultureInfo.InvariantCulture)).Distinct()];
    }

    private static void WriteText(TextWriter output, int code, EntraError? error)
    {
        output.WriteLine($"AADSTS{code}");
        if (error is null)
        {
            output.WriteLine($"  not in our list; Microsoft's: https://login.microsoftonline.com/error?code={code}");
            return;
        }

        output.WriteLine($"  cause  {error.Cause}");
        output.WriteLine($"  fix    {error.Fix}");
        output.WriteLine($"  retry  {ErrorWords.Of(error.Retry)}");
        output.WriteLine($"  seen   {ErrorWords.Of(error.Seen)}");
    }

    private static void WriteJson(Utf8JsonWriter writer, List<(int Code, EntraError? Error)> found)
    {
        writer.WriteStartArray();
        foreach (var (code, error) in found)
        {
            writer.WriteStartObject();
            writer.WriteString("code", $"AADSTS{code}");
            writer.WriteBoolean("known", error is not null);
            if (error is not null)
            {
                writer.WriteString("cause", error.Cause);
                writer.WriteString("fix", error.Fix);
                writer.WriteString("retry", JsonNamingPolicy.CamelCase.ConvertName(error.Retry.ToString()));
                writer.WriteString("seen", ErrorWords.Of(error.Seen));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    [GeneratedRegex(@"AADSTS([0-9]{5,8})(?![0-9])", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marked();
}
