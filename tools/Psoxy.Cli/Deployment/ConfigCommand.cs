using System.CommandLine;
using System.Text.Json;

namespace Psoxy.Cli.Deployment;

/// <summary><c>psoxy config</c>: what a <c>psoxy.yaml</c> says, for people and for scripts.</summary>
internal static class ConfigCommand
{
    public static Command Create() => new("config", "Check and read psoxy.yaml.")
    {
        Check(),
        Env(),
        Get(),
        Shell(),
        Show(),
    };

    private static Command Check()
    {
        var config = SettingsSource.Option();
        var command = new Command("check", "Say whether psoxy.yaml is valid, with every error. Exit code 0, or 3 if it is not.") { config };
        command.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(config);
            var load = SettingsReader.ReadFile(file);
            var output = parsed.InvocationConfiguration.Output;
            foreach (var error in load.Errors) output.WriteLine(error.ToString());
            output.WriteLine(load.Settings is { } settings
                ? $"{file}: valid, {settings.Connectors.Length} {(settings.Connectors.Length == 1 ? "connector" : "connectors")}"
                : $"{file}: invalid, {load.Errors.Length} {(load.Errors.Length == 1 ? "error" : "errors")}");
            return load.Settings is null ? ExitCode.InvalidFile : ExitCode.Ok;
        });
        return command;
    }

    private static Command Show()
    {
        var config = SettingsSource.Option();
        var json = JsonOutput.Option();
        var command = new Command("show", "Show all settings, defaults filled in, and the names that follow from them.") { config, json };
        command.SetAction(parsed =>
        {
            var io = parsed.InvocationConfiguration;
            if (SettingsSource.Read(parsed.GetRequiredValue(config), io.Error) is not { } settings) return ExitCode.InvalidFile;
            if (parsed.GetValue(json)) JsonOutput.Write(io.Output, writer => WriteJson(writer, settings));
            else WriteText(io.Output, settings);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Get()
    {
        var config = SettingsSource.Option();
        var key = new Argument<string>("KEY") { Description = "A key that 'psoxy config show' lists." };
        var connector = new Option<string?>("--connector", "-c") { Description = "Of this connector, not of all.", HelpName = "CONNECTOR" };
        var command = new Command("get", "Print one setting, a list one item a line. Exit code 1 if it has no value.") { key, config, connector };
        command.SetAction(parsed =>
        {
            var io = parsed.InvocationConfiguration;
            if (SettingsSource.Read(parsed.GetRequiredValue(config), io.Error) is not { } settings) return ExitCode.InvalidFile;
            var values = parsed.GetValue(connector) is { } name ? SettingsValue.Of(settings, SettingsSource.Choose(settings, name)) : SettingsValue.Of(settings);
            var wanted = parsed.GetRequiredValue(key);
            var value = values.FirstOrDefault(value => value.Name == wanted)
                ?? throw new UsageException($"there is no setting '{wanted}': choose one of {string.Join(", ", values.Select(value => value.Name))}.");
            foreach (var line in value.Values) io.Output.WriteLine(line);
            if (value.IsList || value.Values.Count > 0) return ExitCode.Ok;
            io.Error.WriteLine($"psoxy: '{wanted}' is not set");
            return ExitCode.Failed;
        });
        return command;
    }

    private static Command Shell()
    {
        var config = SettingsSource.Option();
        var connector = new Option<string?>("--connector", "-c") { Description = "With those of this connector.", HelpName = "CONNECTOR" };
        var command = new Command("shell", "Print all settings as a shell reads them with eval: name='value', a list's items with blanks between, nothing where there is no value.") { connector, config };
        command.SetAction(parsed =>
        {
            var io = parsed.InvocationConfiguration;
            if (SettingsSource.Read(parsed.GetRequiredValue(config), io.Error) is not { } settings) return ExitCode.InvalidFile;
            var values = SettingsValue.Of(settings);
            if (parsed.GetValue(connector) is { } name) values = [.. values, .. SettingsValue.Of(settings, SettingsSource.Choose(settings, name))];
            foreach (var value in values) io.Output.Write(value.ToShell() + "\n");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Env()
    {
        var config = SettingsSource.Option();
        var connector = new Option<string>("--connector", "-c") { Description = "Whose function.", HelpName = "CONNECTOR", Required = true };
        var clientId = new Option<string?>("--client-id") { Description = "Client id of its application, if psoxy.yaml has none.", HelpName = "GUID" };
        var audiences = new Option<string[]>("--caller-audience") { Description = "A URL of the function, beside the one that follows from its name. May be repeated.", HelpName = "URL", DefaultValueFactory = _ => [] };
        var command = new Command("env", "Print the environment of a connector's function, as gcloud takes it with --env-vars-file. Without salt and key, which the platform injects (--set-secrets).") { connector, clientId, audiences, config };
        command.SetAction(parsed =>
        {
            var io = parsed.InvocationConfiguration;
            if (SettingsSource.Read(parsed.GetRequiredValue(config), io.Error) is not { } settings) return ExitCode.InvalidFile;
            var chosen = SettingsSource.Choose(settings, parsed.GetRequiredValue(connector));
            var id = parsed.GetValue(clientId) is { } given
                ? Guid.TryParseExact(given, "D", out var parsedId) ? parsedId.ToString("D") : throw new UsageException("--client-id takes the application (client) id, a GUID.")
                : chosen.ClientId;
            if (id is null)
            {
                io.Error.WriteLine($"psoxy: {chosen.Connector.Id} has no application yet: 'psoxy entra apply' makes it and writes its 'clientId' into psoxy.yaml");
                return ExitCode.Failed;
            }

            FunctionEnvironment.WriteYaml(io.Output, FunctionEnvironment.Of(settings, chosen, id, parsed.GetRequiredValue(audiences)));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void WriteText(TextWriter output, DeploymentSettings settings)
    {
        foreach (var value in SettingsValue.Of(settings)) output.WriteLine(Line(value));
        foreach (var connector in settings.Connectors)
        {
            output.WriteLine();
            foreach (var value in SettingsValue.Of(settings, connector)) output.WriteLine("  " + Line(value));
        }
    }

    private static string Line(SettingsValue value) => $"{value.Name,-22} {(value.Values.Count == 0 ? value.IsList ? "none" : "not set" : string.Join(", ", value.Values))}";

    private static void WriteJson(Utf8JsonWriter writer, DeploymentSettings settings)
    {
        writer.WriteStartObject();
        foreach (var value in SettingsValue.Of(settings).Where(value => value.Name != "connectors")) WriteJson(writer, value);
        writer.WriteStartArray("connectors");
        foreach (var connector in settings.Connectors)
        {
            writer.WriteStartObject();
            foreach (var value in SettingsValue.Of(settings, connector)) WriteJson(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter writer, SettingsValue value)
    {
        writer.WritePropertyName(value.Name);
        if (value.IsList)
        {
            writer.WriteStartArray();
            foreach (var item in value.Values) writer.WriteStringValue(item);
            writer.WriteEndArray();
        }
        else writer.WriteStringValue(value.Values.Count > 0 ? value.Values[0] : null);
    }
}
