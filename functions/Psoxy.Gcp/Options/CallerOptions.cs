using System.Collections.Frozen;
using Psoxy.Core.Settings;

namespace Psoxy.Gcp.Options;

/// <summary><c>ALLOWED_CALLERS</c> and <c>CALLER_AUDIENCES</c>, checked. One without the other is a mistake that would let in more or fewer than somebody believes.</summary>
/// <param name="Allowed">Addresses in lower case and unique ids, with the number of their entry, from 1, which is all that the log tells of a caller.</param>
/// <param name="Audiences">What their tokens may be for.</param>
internal sealed record CallerOptions(FrozenDictionary<string, int> Allowed, FrozenSet<string> Audiences)
{
    private static readonly CallerOptions None = new(FrozenDictionary<string, int>.Empty, []);

    /// <summary>Both; none of them if something is wrong, in which case the function answers no request at all.</summary>
    /// <param name="environment">The environment. An empty list of callers is not the same as none: somebody meant to name callers, and a template left it empty.</param>
    /// <param name="problem">Is told what is wrong, without the entries themselves: they may be people's addresses.</param>
    public static CallerOptions Read(Func<string, string?> environment, Action<string> problem)
    {
        var isFine = true;
        void Wrong(string text)
        {
            isFine = false;
            problem(text);
        }

        var (callers, audiences) = (environment("ALLOWED_CALLERS"), environment("CALLER_AUDIENCES") ?? "");
        if (callers is null)
        {
            if (audiences.Length > 0) Wrong("CALLER_AUDIENCES does nothing without ALLOWED_CALLERS: set both, or neither and let Cloud Run's IAM decide who may call.");
            return None;
        }

        var allowed = Set("ALLOWED_CALLERS", callers, Caller, Wrong);
        if (audiences.Length == 0) Wrong("CALLER_AUDIENCES is missing: ALLOWED_CALLERS needs the function's URL, which callers' tokens must be for.");
        var known = audiences.Length == 0 ? [] : Set("CALLER_AUDIENCES", audiences, Audience, Wrong).Keys;
        return isFine ? new(allowed, known.ToFrozenSet(StringComparer.Ordinal)) : None;
    }

    private static FrozenDictionary<string, int> Set(string name, string list, Func<string, (string[] Values, string? Problem)> read, Action<string> problem)
    {
        var values = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var entry in list.Split(',', StringSplitOptions.TrimEntries))
        {
            number++;
            var (parsed, wrong) = read(entry);
            if (wrong is not null) problem($"{name}: entry {number} {wrong}.");
            foreach (var value in parsed) values.TryAdd(value, number);
        }

        return values.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static (string[] Values, string? Problem) Caller(string entry) => entry switch
    {
        "" => ([], "is empty"),
        _ when entry.All(char.IsAsciiDigit) => GoogleAccount.IsUniqueId(entry) ? ([entry], null) : ([], "is no unique id, which has about 21 digits"),
        _ when entry.Contains(':', StringComparison.Ordinal) => ([], "must be an e-mail or a unique id alone, without 'serviceAccount:' or 'user:' before it"),
        _ when entry.Any(char.IsUpper) => ([], "must be in lower case, as Google writes e-mails"),
        _ when !GoogleAccount.IsEmail(entry) => ([], "is neither the e-mail of an account, such as name@project.iam.gserviceaccount.com, nor a unique id; there are no wildcards, domains or groups"),
        _ => ([entry], null),
    };

    // A URL with and without a slash at its end is the same, and clients write both.
    private static (string[] Values, string? Problem) Audience(string entry)
    {
        if (entry.Length == 0) return ([], "is empty");
        if (!entry.All(c => c is > ' ' and <= '~' and not '*')) return ([], "must be printable ASCII without blanks; there are no wildcards");
        if (entry.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) return ([], "must be an https URL");
        if (!entry.StartsWith("https:", StringComparison.Ordinal)) return ([entry], null);
        return Uri.TryCreate(entry, UriKind.Absolute, out var url) && url.Host.Length > 0 ? ([entry.TrimEnd('/'), entry.TrimEnd('/') + "/"], null) : ([], "must be an https URL");
    }
}
