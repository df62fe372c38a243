using System.Text.Json;

namespace Psoxy.Cli.Doctor;

/// <summary>Shows findings, for people and for scripts.</summary>
internal static class DoctorReport
{
    public static void WriteText(TextWriter output, IReadOnlyList<Finding> findings)
    {
        foreach (var group in findings.GroupBy(finding => finding.Connector))
        {
            output.WriteLine(group.Key ?? "all connectors");
            foreach (var (_, check, verdict) in group)
            {
                output.WriteLine($"  {Word(verdict.Result),-5}  {check.Name,-17}  {Line(verdict.What)}");
                if (verdict.Fix is not null) output.WriteLine($"{"",-26}  fix: {Line(verdict.Fix)}");
            }

            output.WriteLine();
        }

        int Count(Result result) => findings.Count(finding => finding.Verdict.Result == result);
        output.WriteLine($"{Count(Result.Wrong)} wrong, {Count(Result.Warn)} {(Count(Result.Warn) == 1 ? "warning" : "warnings")}, {Count(Result.Ok)} ok, {Count(Result.NotAsked)} not asked");
    }

    public static void WriteJson(TextWriter output, IReadOnlyList<Finding> findings) => JsonOutput.Write(output, writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", IsWell(findings));
        writer.WriteStartArray("checks");
        foreach (var (connector, check, verdict) in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("connector", connector);
            writer.WriteString("name", check.Name);
            writer.WriteString("result", JsonNamingPolicy.CamelCase.ConvertName(verdict.Result.ToString()));
            writer.WriteString("what", Line(verdict.What));
            writer.WriteString("fix", verdict.Fix is null ? null : Line(verdict.Fix));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public static bool IsWell(IReadOnlyList<Finding> findings) => findings.All(finding => finding.Verdict.Result != Result.Wrong);

    private static string Word(Result result) => result switch
    {
        Result.Ok => "ok",
        Result.Warn => "warn",
        Result.Wrong => "WRONG",
        _ => "-",
    };

    // Words of Google's, Microsoft's or a function's must not move the cursor.
    private static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
