using System.CommandLine;
using System.Text.Json;
using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Entra.Certificates;

/// <summary><c>psoxy entra certificate list</c>: what there is, and until when.</summary>
internal static class ListCommand
{
    public static Command Create(EntraOptions options)
    {
        var connectors = SettingsSource.ConnectorsOption();
        var json = JsonOutput.Option();
        var command = new Command("list", "List the certificates of connectors that have some: secret version, thumbprint, end, and which one psoxy.yaml names.") { connectors, json, options.Config, options.Auth };
        command.SetAction((parsed, cancellation) => options.RunAsync(parsed, async session =>
        {
            var rows = new List<Row>();
            foreach (var connector in SettingsSource.Choose(session.Settings, parsed.GetRequiredValue(connectors)).Where(connector => connector.Credential == CredentialKind.Certificate))
            {
                var state = await new CertificateRotation(session, connector, new CertificateSecret(options.Context, session.Settings, connector)).ReadAsync(cancellation);
                rows.AddRange(Rows(connector.Connector.Id, state));
            }

            if (parsed.GetValue(json)) JsonOutput.Write(session.Output, writer => Write(writer, rows));
            else foreach (var row in rows) session.Output.WriteLine(row.Text);
            return ExitCode.Ok;
        }, cancellation));
        return command;
    }

    private static IEnumerable<Row> Rows(string connector, CertificateState state) =>
        from version in state.Versions.Select(version => version.Number).Union(state.Registered.Select(pair => pair.Version)).Order()
        let certificate = state.Registered.Where(pair => pair.Version == version).Select(pair => pair.Certificate).FirstOrDefault()
        let name = state.Wanted.NameOf(version)
        select new Row(
            connector,
            name,
            certificate?.Thumbprint,
            certificate?.End,
            state.Versions.FirstOrDefault(known => known.Number == version)?.State ?? "DESTROYED",
            certificate is not null,
            state.Wanted.InUse?.EndsWith("/secrets/" + name, StringComparison.Ordinal) == true);

    private static void Write(Utf8JsonWriter writer, List<Row> rows)
    {
        writer.WriteStartArray();
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            writer.WriteString("connector", row.Connector);
            writer.WriteString("version", row.Version);
            writer.WriteString("state", row.State);
            writer.WriteString("thumbprint", row.Thumbprint);
            writer.WriteString("notAfter", row.End?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteBoolean("registered", row.IsRegistered);
            writer.WriteBoolean("configured", row.IsConfigured);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private sealed record Row(string Connector, string Version, string? Thumbprint, DateTimeOffset? End, string State, bool IsRegistered, bool IsConfigured)
    {
        public string Text =>
            $"{Connector}: {Version}, key {State.ToLowerInvariant()}, {(IsRegistered ? $"{Thumbprint} until {End:yyyy-MM-dd}" : "not registered in Entra")}{(IsConfigured ? ", the one of psoxy.yaml" : "")}";
    }
}
