using Psoxy.Cli.Deployment;

namespace Psoxy.Cli.Doctor;

/// <summary>Commands that mend things, ready to be run in the repository's folder. No value of a secret is ever in one.</summary>
internal sealed class FixCommands(DeploymentSettings settings, string file)
{
    private string Config => file == DeploymentSettings.FileName ? "" : " --config " + Quote(file);

    public string Deploy(ConnectorSettings connector) => $"./deploy.sh apply --connector {connector.Connector.Id}{Config}";

    public string Entra(string command, ConnectorSettings connector) => $"psoxy entra {command} --connector {connector.Connector.Id}{Config}";

    public string Adopt(ConnectorSettings connector, string id) => $"psoxy entra adopt {id} --connector {connector.Connector.Id} --force{Config} && {Redeploy(connector)}";

    /// <summary>gcloud on the project.</summary>
    public string Gcloud(string arguments) => $"gcloud {arguments} --project={settings.Project}";

    /// <summary>gcloud on a secret, which may be another project's.</summary>
    public static string Secret(SecretVersionName secret, string arguments) => $"gcloud secrets {arguments} --project={secret.Project}";

    /// <summary>Changes settings of a function that is there; deploy.sh leaves alone what it believes to be deployed already.</summary>
    public string Change(ConnectorSettings connector, string flags) =>
        Gcloud($"functions deploy {settings.NameOf(connector)} --gen2 --region={settings.Region} --source=. {flags}".TrimEnd());

    /// <summary>Gives a function the environment that psoxy.yaml says. No file of it stays: in the repository's folder it would be uploaded.</summary>
    public string Redeploy(ConnectorSettings connector) => Change(connector, $"--env-vars-file=<(psoxy config env --connector {connector.Connector.Id}{Config})");

    /// <summary>An argument as a shell takes it.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '@' or '=' or ',' or '+' or '%') ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
