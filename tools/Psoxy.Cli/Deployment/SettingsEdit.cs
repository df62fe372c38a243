using System.Text;
using System.Text.RegularExpressions;

namespace Psoxy.Cli.Deployment;

/// <summary>Writes a connector's client id or certificate into a <c>psoxy.yaml</c>, or takes it out, and leaves everything else as it is: comments, order, line ends.</summary>
internal static partial class SettingsEdit
{
    /// <summary>Whether it could be done; a file laid out in an unusual way is left as it is.</summary>
    public static bool SetClientId(string file, string connectorId, string clientId) => Edit(file, connectorId, "clientId", clientId, connector => connector.ClientId);

    /// <summary>The same.</summary>
    public static bool RemoveClientId(string file, string connectorId) => Edit(file, connectorId, "clientId", null, connector => connector.ClientId);

    /// <summary>The same of the secret version of its certificate.</summary>
    public static bool SetCertificate(string file, string connectorId, string version) => Edit(file, connectorId, "certificate", version, connector => connector.Certificate);

    private static bool Edit(string file, string connectorId, string key, string? value, Func<ConnectorSettings, string?> read)
    {
        var text = File.ReadAllText(file);
        if (Read(text, file)?.Find(connectorId) is not { } connector) return false;
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var lines = text.Split(end).ToList();
        var item = ItemPattern().Match(lines[connector.Line - 1]);
        if (!item.Success) return false;
        var indent = new string(' ', item.Groups["dash"].Index + item.Groups["dash"].Length);
        if (read(connector) is not null)
        {
            var at = lines.FindIndex(connector.Line, line => line.StartsWith($"{indent}{key}:", StringComparison.Ordinal));
            if (at < 0) return false;
            lines.RemoveAt(at);
        }

        if (value is not null) lines.Insert(connector.Line, $"{indent}{key}: {(char.IsAsciiDigit(value[0]) ? $"\"{value}\"" : value)}");
        var edited = string.Join(end, lines);

        // Only what reads back as meant is written.
        if (Read(edited, file)?.Find(connectorId) is not { } now || read(now) != value) return false;
        var beside = file + ".new";
        File.WriteAllText(beside, edited, new UTF8Encoding(false));
        File.Move(beside, file, overwrite: true);
        return true;
    }

    private static DeploymentSettings? Read(string text, string file) => SettingsReader.Read(Encoding.UTF8.GetBytes(text), file, Path.GetDirectoryName(Path.GetFullPath(file))!).Settings;

    [GeneratedRegex(@"\A\s*(?<dash>-\s+)id:\s*[^{}\[\],]+\z")]
    private static partial Regex ItemPattern();
}
