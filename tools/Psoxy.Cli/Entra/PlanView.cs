using System.Text.Json;

namespace Psoxy.Cli.Entra;

/// <summary>A plan for people, and for scripts.</summary>
internal static class PlanView
{
    public static void WriteText(TextWriter output, IReadOnlyList<PlannedApplication> plans, IReadOnlyList<TenantApplication> orphans)
    {
        foreach (var plan in plans)
        {
            output.WriteLine(plan.Actual is { } actual
                ? $"{plan.Connector.Connector.Id}: '{actual.DisplayName}', client id {actual.ClientId}{(Planner.IsAdopted(plan.Wanted, actual) ? ", taken over" : "")}"
                : $"{plan.Connector.Connector.Id}: no application yet");
            if (plan.Findings.Count == 0) output.WriteLine("    as it should be");
            foreach (var finding in plan.Findings) output.WriteLine($"  {Mark(finding.Kind)} {finding.Text}");
            if (plan.Missing is { } why) output.WriteLine($"    ({why})");
        }

        foreach (var orphan in orphans) output.WriteLine($"  ! '{orphan.DisplayName}', client id {orphan.ClientId}, was made for a connector that psoxy.yaml no longer names; 'psoxy entra destroy' removes it");
        output.WriteLine($"{Number(plans.Sum(plan => plan.Changes), "change")}, {Number(plans.Sum(plan => plan.Warnings) + orphans.Count, "warning")}");
    }

    public static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<PlannedApplication> plans, IReadOnlyList<TenantApplication> orphans)
    {
        writer.WriteStartObject();
        writer.WriteNumber("changes", plans.Sum(plan => plan.Changes));
        writer.WriteNumber("warnings", plans.Sum(plan => plan.Warnings) + orphans.Count);
        writer.WriteStartArray("applications");
        foreach (var plan in plans)
        {
            writer.WriteStartObject();
            writer.WriteString("connector", plan.Connector.Connector.Id);
            writer.WriteString("uniqueName", plan.Wanted.UniqueName);
            writer.WriteBoolean("exists", plan.Actual is not null);
            writer.WriteBoolean("adopted", plan.Actual is { } actual && Planner.IsAdopted(plan.Wanted, actual));
            writer.WriteString("clientId", plan.Actual?.ClientId);
            writer.WriteString("objectId", plan.Actual?.ObjectId);
            writer.WriteString("subject", plan.Wanted.Subject);
            writer.WriteStartArray("findings");
            foreach (var finding in plan.Findings)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", finding.Kind.ToString().ToLowerInvariant());
                writer.WriteString("text", finding.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("orphans");
        foreach (var orphan in orphans) writer.WriteStringValue(orphan.ClientId);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static string Number(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";

    private static char Mark(FindingKind kind) => kind switch
    {
        FindingKind.Create => '+',
        FindingKind.Change => '~',
        FindingKind.Remove => '-',
        _ => '!',
    };
}
