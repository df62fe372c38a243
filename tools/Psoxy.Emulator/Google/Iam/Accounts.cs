using System.Text.RegularExpressions;

namespace Psoxy.Emulator.Google.Iam;

/// <summary>The project's service accounts.</summary>
internal sealed partial class Accounts(CloudOptions options, EmulatorOptions emulator)
{
    private readonly Dictionary<string, ServiceAccount> _accounts = new(StringComparer.Ordinal);
    private bool _isFirst = true;

    public string Domain => options.ProjectId + ".iam.gserviceaccount.com";

    /// <summary>Compute's own account: builds run as it, and functions that name none.</summary>
    public string DefaultEmail => options.ProjectNumber + "-compute@developer.gserviceaccount.com";

    public IEnumerable<ServiceAccount> All => _accounts.Values.OrderBy(account => account.Email, StringComparer.Ordinal);

    public ServiceAccount Create(string accountId, string displayName, string description)
    {
        if (!AccountId().IsMatch(accountId)) throw CloudException.Invalid("The account ID must be between 6 and 30 characters, lower case letters, digits and hyphens, and begin with a letter.");
        var email = $"{accountId}@{Domain}";
        if (_accounts.ContainsKey(email)) throw CloudException.AlreadyExists($"Service account {accountId} already exists within project projects/{options.ProjectId}.");

        // The account that the emulated Entra trusts from the start. Once only: who is made anew is another one.
        var isTrusted = _isFirst && email == emulator.ServiceAccountEmail;
        if (isTrusted) _isFirst = false;
        var account = new ServiceAccount(options.ProjectId, email, isTrusted ? emulator.ServiceAccountUniqueId : ServiceAccount.NewUniqueId(), displayName)
        {
            Description = description,
            Delay = options.ServiceAccountDelay,
        };
        _accounts.Add(email, account);
        return account;
    }

    public void AddDefault() => _accounts.Add(DefaultEmail, new(options.ProjectId, DefaultEmail, ServiceAccount.NewUniqueId(DefaultEmail), "Default compute service account"));

    /// <summary>By e-mail or unique id.</summary>
    public ServiceAccount? Find(string key) => _accounts.GetValueOrDefault(key) ?? _accounts.Values.FirstOrDefault(account => account.UniqueId == key);

    public ServiceAccount Get(string key) => Find(key) ?? throw CloudException.NotFound($"Unknown service account: {key}");

    public void Delete(ServiceAccount account) => _accounts.Remove(account.Email);

    public void Undelete(ServiceAccount account) => _accounts.Add(account.Email, account);

    /// <summary>Refuses members that are none, and accounts of this project that are not there, or not yet.</summary>
    public void DemandMember(string member)
    {
        if (member is "allUsers" or "allAuthenticatedUsers" || member.StartsWith("deleted:", StringComparison.Ordinal)) return;
        var colon = member.IndexOf(':', StringComparison.Ordinal);
        var (kind, email) = colon < 0 ? ("", member) : (member[..colon], member[(colon + 1)..]);
        if (kind is not ("user" or "serviceAccount" or "group" or "domain")) throw CloudException.Invalid($"Invalid member: {member}. The member must be of the form user:, serviceAccount:, group: or domain:.");
        if (kind == "serviceAccount" && (email.EndsWith("@" + Domain, StringComparison.Ordinal) || email == DefaultEmail) && !IsThere(email)) throw CloudException.Invalid($"Service account {email} does not exist.");
    }

    /// <summary>Whether an account can be used: not at once after it was made.</summary>
    public bool IsThere(string email)
    {
        if (_accounts.GetValueOrDefault(email) is not { } account) return false;
        if (account.Delay == 0) return true;
        account.Delay--;
        return false;
    }

    [GeneratedRegex("^[a-z][-a-z0-9]{4,28}[a-z0-9]$", RegexOptions.NonBacktracking)]
    private static partial Regex AccountId();
}
