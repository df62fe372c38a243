using System.Text;
using Psoxy.Core.Connectors;
using Psoxy.Core.Settings;
using Spectre.Console;

namespace Psoxy.Cli.Deployment;

/// <summary>Asks on a terminal for what <c>psoxy init</c> was not told; an answer that the file could not hold is asked for again.</summary>
internal sealed class InitQuestions(IAnsiConsole console)
{
    private const string Missing = "is missing in psoxy.yaml";

    public SettingsText Ask(SettingsText answers)
    {
        answers = answers with { Project = answers.Project ?? Text("Google Cloud project", "project") };
        answers = answers with { Region = answers.Region ?? Text("Region of the functions", "region", "us-central1") };
        answers = answers with { Tenant = answers.Tenant ?? Text("Entra tenant (id or verified domain)", "tenant") };
        answers = answers with { Cloud = answers.Cloud ?? Text("Microsoft's cloud: " + string.Join(", ", MicrosoftCloud.All.Select(known => known.Name)), "cloud", MicrosoftCloud.Global.Name) };
        if (answers.Connectors.Count == 0) answers = answers with { Connectors = Connectors() };
        if (!answers.PseudonymizeAppIds) answers = answers with { PseudonymizeAppIds = console.Confirm("Shall Graph's own user ids become pseudonyms too?", defaultValue: false) };
        if (answers.Callers.Count == 0) answers = answers with { Callers = List("Who may call: e-mails or unique ids of accounts, with commas between; empty for nobody yet", "callers") };
        if (answers.IpBlocks.Count == 0) answers = answers with { IpBlocks = List("From which CIDR blocks, with commas between; empty for anywhere", "ipBlocks") };
        if (answers.Owners.Count == 0) answers = answers with { Owners = List("Who owns the Entra applications: object ids or user principal names; empty for whoever makes them", "owners") };
        return answers;
    }

    private string Text(string question, string key, string? @default = null)
    {
        var prompt = new TextPrompt<string>(question + ":").Validate(answer => Check(SettingsText.One(key, answer.Trim())));
        return console.Prompt(@default is null ? prompt : prompt.DefaultValue(@default)).Trim();
    }

    private string[] List(string question, string key) =>
        Split(console.Prompt(new TextPrompt<string>(question + ":").AllowEmpty().Validate(answer => Check(SettingsText.Many(key, Split(answer))))));

    private List<string> Connectors()
    {
        var names = ConnectorCatalog.All.ToDictionary(connector => connector.Id, connector => connector.DisplayName);
        return console.Prompt(new MultiSelectionPrompt<string>().Title("Which connectors?").Required().AddChoices(names.Keys).UseConverter(id => $"{names[id]} ({id})"));
    }

    private static string[] Split(string answer) => answer.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // The file's own reader judges a file of this key alone; that others are missing does not count.
    private static ValidationResult Check(string fragment)
    {
        var load = SettingsReader.Read(Encoding.UTF8.GetBytes(fragment), DeploymentSettings.FileName, ".");
        var problem = load.Errors.FirstOrDefault(error => !error.Message.EndsWith(Missing, StringComparison.Ordinal));
        return problem is null ? ValidationResult.Success() : ValidationResult.Error(Markup.Escape(problem.Message));
    }
}
