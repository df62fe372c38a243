using System.CommandLine;
using Psoxy.Core.Connectors;
using Psoxy.Core.Rules;

namespace Psoxy.Cli.Rules;

/// <summary>A rules file named on the command line: a path, or the id or alias of a built-in connector.</summary>
internal static class RulesSource
{
    public static Option<string> RulesOption() => new("--rules", "-r")
    {
        Description = "A rules file, or a connector: " + string.Join(", ", ConnectorCatalog.All.Select(c => c.Id)) + ".",
        HelpName = "FILE|CONNECTOR",
        Required = true,
    };

    public static Option<string[]> VariantOption() => new("--variant")
    {
        Description = "A variant switch of the rules file, such as pseudonymizeAppIds. May be repeated.",
        HelpName = "FLAG",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The file's bytes and the name that errors show.</summary>
    /// <exception cref="UsageException">There is no such file or connector, or it cannot be read.</exception>
    public static (ReadOnlyMemory<byte> Yaml, string Name) Read(string source)
    {
        if (ConnectorCatalog.Find(source) is { } connector) return (connector.RulesYaml, $"connectors/{connector.Id}/rules.yaml");
        try
        {
            return (File.ReadAllBytes(source), source);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException(
                $"cannot read the rules '{source}': {fault.Message} Name a file or a connector ({string.Join(", ", ConnectorCatalog.All.Select(c => c.Id))}).");
        }
    }

    public static RulesLoad Load(string source, IEnumerable<string> flags)
    {
        var (yaml, name) = Read(source);
        return RulesLoader.Load(yaml, name, new RulesOptions { Flags = [.. flags] });
    }
}
