using System.CommandLine;
using System.Text;
using Psoxy.Core.Connectors;
using Psoxy.Core.Settings;
using Spectre.Console;

namespace Psoxy.Cli.Deployment;

/// <summary><c>psoxy init</c>: a new <c>psoxy.yaml</c>, from options or by asking.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var project = new Option<string?>("--project") { Description = "Google Cloud project id.", HelpName = "ID" };
        var region = new Option<string?>("--region") { Description = "Region of the functions, such as us-central1.", HelpName = "REGION" };
        var tenant = new Option<string?>("--tenant") { Description = "Entra tenant: its id or a verified domain.", HelpName = "TENANT" };
        var cloud = new Option<string?>("--cloud") { Description = "Microsoft's cloud: " + string.Join(", ", MicrosoftCloud.All.Select(known => known.Name)) + ".", HelpName = "CLOUD" };
        var connectors = Many("--connector", "A connector: " + string.Join(", ", ConnectorCatalog.All.Select(known => known.Id)) + ", or all.", "CONNECTOR");
        connectors.Aliases.Add("-c");
        var callers = Many("--caller", "E-mail or unique id of an account that may call.", "ACCOUNT");
        var blocks = Many("--ip-block", "CIDR block from which calls may come.", "CIDR");
        var owners = Many("--owner", "Owner of the Entra applications: object id or user principal name.", "PERSON");
        var prefix = new Option<string?>("--prefix") { Description = "First part of all names; psoxy if not given.", HelpName = "NAME" };
        var salt = new Option<string?>("--salt") { Description = "Secret version of the salt, not the salt.", HelpName = "VERSION" };
        var key = new Option<string?>("--encryption-key") { Description = "Secret version of the encryption key, not the key.", HelpName = "VERSION" };
        var appIds = new Option<bool>("--pseudonymize-app-ids") { Description = "Graph's own user ids become pseudonyms too." };
        var file = SettingsSource.Option();
        var dryRun = new Option<bool>("--dry-run") { Description = "Print the file, write nothing." };
        var force = new Option<bool>("--force") { Description = "Write over a file that is there." };
        var command = new Command("init", "Make a psoxy.yaml. Asks for what no option says, where there is a terminal.")
        {
            project, region, tenant, cloud, connectors, callers, blocks, owners, prefix, salt, key, appIds, file, dryRun, force,
        };
        command.SetAction(parsed =>
        {
            var answers = new SettingsText
            {
                Project = parsed.GetValue(project),
                Region = parsed.GetValue(region),
                Tenant = parsed.GetValue(tenant),
                Cloud = parsed.GetValue(cloud),
                Connectors = parsed.GetRequiredValue(connectors) is ["all"] ? [.. ConnectorCatalog.All.Select(known => known.Id)] : parsed.GetRequiredValue(connectors),
                Callers = parsed.GetRequiredValue(callers),
                IpBlocks = parsed.GetRequiredValue(blocks),
                Owners = parsed.GetRequiredValue(owners),
                Prefix = parsed.GetValue(prefix),
                Salt = parsed.GetValue(salt),
                EncryptionKey = parsed.GetValue(key),
                PseudonymizeAppIds = parsed.GetValue(appIds),
            };
            return Run(answers, parsed.GetRequiredValue(file), parsed.GetValue(dryRun), parsed.GetValue(force), parsed.InvocationConfiguration);
        });
        return command;
    }

    private static int Run(SettingsText answers, string file, bool dryRun, bool force, InvocationConfiguration io)
    {
        if (!dryRun && !force && File.Exists(file)) throw new UsageException($"'{file}' is there already: --force writes over it, --dry-run only prints.");
        if (answers.Project is null || answers.Region is null || answers.Tenant is null || answers.Connectors.Count == 0) answers = Ask(answers);
        var text = answers.Write();
        var load = SettingsReader.Read(Encoding.UTF8.GetBytes(text), file, Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (load.Settings is null)
        {
            // The lines of a file that is not there help nobody.
            foreach (var error in load.Errors) io.Error.WriteLine($"psoxy: {error.Message}");
            return ExitCode.Usage;
        }

        if (dryRun) io.Output.Write(text);
        else
        {
            Write(file, text, force);
            io.Output.WriteLine($"{file} is written. Next: 'psoxy entra plan' shows what has to be made in the tenant, 'psoxy entra apply' makes it; then './deploy.sh apply'.");
        }

        return ExitCode.Ok;
    }

    private static SettingsText Ask(SettingsText answers)
    {
        if (AnsiConsole.Profile.Capabilities.Interactive && !Console.IsInputRedirected && !Console.IsOutputRedirected) return new InitQuestions(AnsiConsole.Console).Ask(answers);
        var missing = new List<string>();
        if (answers.Project is null) missing.Add("--project");
        if (answers.Region is null) missing.Add("--region");
        if (answers.Tenant is null) missing.Add("--tenant");
        if (answers.Connectors.Count == 0) missing.Add("--connector");
        throw new UsageException($"{string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing, and there is no terminal to ask on.");
    }

    private static void Write(string file, string text, bool force)
    {
        try
        {
            using var stream = new FileStream(file, force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
            stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"'{file}' cannot be written: {problem.Message}");
        }
    }

    private static Option<string[]> Many(string name, string description, string help) =>
        new(name) { Description = description + " May be repeated.", HelpName = help, DefaultValueFactory = _ => [] };
}
