using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Access;

namespace Psoxy.Emulator.Google.Iam;

/// <summary>A service account. Who has its e-mail later is another one: the unique id says who is who.</summary>
internal sealed class ServiceAccount(string projectId, string email, string uniqueId, string displayName)
{
    public string Email => email;

    public string UniqueId => uniqueId;

    public string Member => "serviceAccount:" + email;

    public string DisplayName { get; set; } = displayName;

    public string Description { get; init; } = "";

    public bool IsDisabled { get; set; }

    /// <summary>For how many calls that name it, it is not there yet.</summary>
    public int Delay { get; set; }

    public IamPolicy Policy { get; } = new();

    public JsonObject Show()
    {
        var account = new JsonObject
        {
            ["name"] = $"projects/{projectId}/serviceAccounts/{email}",
            ["projectId"] = projectId,
            ["uniqueId"] = uniqueId,
            ["email"] = email,
            ["displayName"] = DisplayName,
            ["etag"] = "MDEwMjE5MjA=",
            ["oauth2ClientId"] = uniqueId,
        };
        if (Description.Length > 0) account["description"] = Description;
        if (IsDisabled) account["disabled"] = true;
        return account;
    }

    /// <summary>21 digits, as Google's ids have: at random, or the same for the same text.</summary>
    public static string NewUniqueId(string? of = null)
    {
        var bytes = of is null ? RandomNumberGenerator.GetBytes(20) : SHA256.HashData(Encoding.UTF8.GetBytes(of)).AsSpan(0, 20).ToArray();
        return "1" + string.Concat(bytes.Select(octet => (octet % 10).ToString(CultureInfo.InvariantCulture)));
    }
}
