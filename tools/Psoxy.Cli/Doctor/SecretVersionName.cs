namespace Psoxy.Cli.Doctor;

/// <summary>A secret version's name in parts: <c>projects/…/secrets/…/versions/…</c>, as psoxy.yaml has it.</summary>
internal sealed record SecretVersionName(string Project, string Id, string Version)
{
    public static SecretVersionName Of(string name)
    {
        var parts = name.Split('/');
        return new(parts[1], parts[3], parts[5]);
    }

    /// <summary>As <c>--set-secrets</c> takes it.</summary>
    public string Flag => $"projects/{Project}/secrets/{Id}:{Version}";
}
