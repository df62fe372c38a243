using Psoxy.Cli.Doctor.Facts;

namespace Psoxy.Cli.Doctor.Checks;

/// <summary>Salt and key: whether they are there, and who may read them. What they hold is never read.</summary>
internal static class SecretChecks
{
    public const string Accessor = "roles/secretmanager.secretAccessor";

    public static IReadOnlyList<DeploymentCheck> All { get; } =
    [
        new("salt", "the salt's version is there, and enabled", facts => Version(facts, "the salt", facts.Salt, facts.SaltName)),
        new("encryption-key", "the encryption key's version is there, and enabled", facts => Version(facts, "the encryption key", facts.EncryptionKey, facts.EncryptionKeyName)),
        new("secret-readers", "nobody but this deployment's service accounts may read them", Readers),
    ];

    private static Verdict Version(DeploymentFacts facts, string what, Fact<string> fact, SecretVersionName name)
    {
        if (fact.Standing == Standing.Missing)
        {
            return name.Version == "1"
                ? Verdict.Wrong($"{what} is not there: {name.Id}, version 1", facts.Fix.Deploy(facts.Settings.Connectors[0]))
                : Verdict.Wrong($"{what} is not there: {name.Id}, version {name.Version}", FixCommands.Secret(name, $"versions list {name.Id}") + "   # then correct psoxy.yaml; another salt or key makes other pseudonyms");
        }

        if (!fact.Has(out var state, out var otherwise)) return otherwise;
        return state switch
        {
            "ENABLED" => Verdict.Ok($"{name.Id}, version {name.Version}"),
            "DISABLED" => Verdict.Wrong($"{what} ({name.Id}, version {name.Version}) is disabled: no instance starts any more", FixCommands.Secret(name, $"versions enable {name.Version} --secret={name.Id}")),
            _ => Verdict.Wrong(
                $"{what} ({name.Id}, version {name.Version}) is {state}, for good: pseudonyms that it made can be made again only from a copy",
                FixCommands.Secret(name, $"versions add {name.Id} --data-file=-") + "   # with the copy on standard input; then name that version in psoxy.yaml"),
        };
    }

    private static Verdict Readers(DeploymentFacts facts)
    {
        if (!facts.SaltPolicy.Has(out var salt, out var otherwise) || !facts.EncryptionKeyPolicy.Has(out var key, out otherwise)) return otherwise;
        var ours = facts.Settings.Connectors.Select(connector => "serviceAccount:" + facts.Settings.ServiceAccountOf(connector)).ToHashSet(StringComparer.Ordinal);
        var others = new[] { (Name: facts.SaltName, Policy: salt), (Name: facts.EncryptionKeyName, Policy: key) }
            .SelectMany(secret => secret.Policy.MembersOf(Accessor).Where(member => !ours.Contains(member) && !IsGone(member)).Select(member => (secret.Name, Member: member)))
            .ToList();
        return others.Count == 0
            ? Verdict.Ok("nobody else may, on the secrets themselves")
            : Verdict.Warn(
                $"{string.Join(", ", others.Select(other => $"{other.Member} may read {other.Name.Id}"))}: who has the salt can tell whose a pseudonym is",
                FixCommands.Secret(others[0].Name, $"remove-iam-policy-binding {others[0].Name.Id} --member={FixCommands.Quote(others[0].Member)} --role={Accessor}"));
    }

    /// <summary>Whether a member is an account that was deleted.</summary>
    public static bool IsGone(string member) => member.StartsWith("deleted:", StringComparison.Ordinal);
}
