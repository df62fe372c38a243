using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Entra.Directory;

/// <summary>The tenant's applications, service principals and grants, and what tests do to them behind the scenes.</summary>
public sealed class TenantDirectory
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private int _left = -1;
    private bool _afterEffect;

    internal TenantDirectory() => Principals.Add(GraphPrincipal());

    /// <summary>Held by whoever looks or changes.</summary>
    internal Lock Lock { get; } = new();

    internal List<DirectoryApplication> Applications { get; } = [];

    internal List<DirectoryPrincipal> Principals { get; } = [];

    internal List<DirectoryApplication> Deleted { get; } = [];

    internal DirectoryPrincipal Graph => Principals[0];

    /// <summary>For how many requests a new object is not found, as long as one replica knows it and the others don't.</summary>
    public int Lag { get; set; }

    /// <summary>Whether members without a role may register applications.</summary>
    public bool MembersMayRegister { get; set; } = true;

    /// <summary>For how many days a policy lets an application's certificate be good; 0 for any time.</summary>
    public int MostCertificateDays { get; set; }

    /// <summary>Lets so many more requests through; the one after them and all that follow find the connection cut.</summary>
    /// <param name="requests">How many are answered.</param>
    /// <param name="afterEffect">Whether the first that is cut has done what it asked, and only the answer is lost.</param>
    public void BreakAfter(int requests, bool afterEffect)
    {
        lock (Lock) (_left, _afterEffect) = (requests, afterEffect);
    }

    /// <summary>All is well again.</summary>
    public void Mend() => BreakAfter(-1, false);

    /// <summary>Whether the request that comes in now is cut, and whether it does first what it asks.</summary>
    internal (bool Cut, bool DoFirst) Take()
    {
        lock (Lock)
        {
            if (_left < 0) return (false, false);
            if (_left > 0)
            {
                _left--;
                return (false, false);
            }

            var first = _afterEffect;
            _afterEffect = false;
            return (true, first);
        }
    }

    /// <summary>An application that somebody made by hand; its service principal too.</summary>
    /// <param name="displayName">Its name.</param>
    /// <param name="owners">Object ids of its owners.</param>
    /// <param name="requested">Graph's application permissions that it asks for.</param>
    /// <param name="granted">Those that it was granted.</param>
    /// <returns>Its client id and its object id.</returns>
    public (string ClientId, string ObjectId) AddApplication(string displayName, IEnumerable<string>? owners = null, IEnumerable<string>? requested = null, IEnumerable<string>? granted = null)
    {
        lock (Lock)
        {
            var application = Make(Guid.NewGuid().ToString("D"), Guid.NewGuid().ToString("D"), displayName);
            application.Owners.AddRange(owners ?? []);
            application.Body["requiredResourceAccess"] = Requests(requested ?? []);
            var principal = AddPrincipal(application.AppId, displayName);
            foreach (var role in granted ?? []) Assign(principal, GraphRoles.IdOf[role]);
            return (application.AppId, application.Id);
        }
    }

    /// <summary>Grants a permission, as an administrator does.</summary>
    /// <param name="clientId">The application.</param>
    /// <param name="roles">Names of Graph's permissions.</param>
    public void Grant(string clientId, params IEnumerable<string> roles)
    {
        lock (Lock)
        {
            var principal = Principals.Single(principal => principal.AppId == clientId);
            foreach (var role in roles) Assign(principal, GraphRoles.IdOf[role]);
        }
    }

    /// <summary>Changes an application behind everybody's back.</summary>
    /// <param name="clientId">The application.</param>
    /// <param name="change">What is done to the object.</param>
    public void Change(string clientId, Action<JsonObject> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (Lock) change(Applications.Single(application => application.AppId == clientId).Body);
    }

    /// <summary>Adds a federated credential behind everybody's back.</summary>
    /// <param name="clientId">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="issuer">Its issuer.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="audience">Its audience.</param>
    public void AddCredential(string clientId, string name, string issuer, string subject, string audience)
    {
        lock (Lock) Applications.Single(application => application.AppId == clientId).Credentials.Add(Credential(name, issuer, subject, audience));
    }

    /// <summary>Adds a certificate behind everybody's back, of whatever time.</summary>
    /// <param name="clientId">The application.</param>
    /// <param name="certificate">The certificate; of a key nothing is taken.</param>
    /// <param name="displayName">Its name there.</param>
    public void AddCertificate(string clientId, X509Certificate2 certificate, string displayName)
    {
        lock (Lock) ((JsonArray)Applications.Single(application => application.AppId == clientId).Body["keyCredentials"]!).Add(KeyCredentials.Of(certificate, displayName));
    }

    /// <summary>Takes certificates away.</summary>
    /// <param name="clientId">The application.</param>
    /// <param name="displayName">Their name there.</param>
    public void RemoveCertificate(string clientId, string displayName)
    {
        lock (Lock) ((JsonArray)Applications.Single(application => application.AppId == clientId).Body["keyCredentials"]!).RemoveAll(key => (string?)key!["displayName"] == displayName);
    }

    /// <summary>The certificates of an application: name, and thumbprint as Graph spells it.</summary>
    /// <param name="clientId">The application.</param>
    public IReadOnlyList<(string DisplayName, string Thumbprint)> CertificatesOf(string clientId)
    {
        lock (Lock)
            return [.. ((JsonArray)Applications.Single(application => application.AppId == clientId).Body["keyCredentials"]!).Select(key => ((string)key!["displayName"]!, (string)key["customKeyIdentifier"]!))];
    }

    /// <summary>All applications, oldest first, with their credentials, owners and grants, without what is made by chance.</summary>
    public string Describe()
    {
        lock (Lock)
        {
            var all = new JsonArray();
            foreach (var application in Applications)
            {
                var principal = Principals.Find(principal => principal.AppId == application.AppId);
                var one = new JsonObject();
                foreach (var name in (string[])["displayName", "uniqueName", "signInAudience", "tags", "requiredResourceAccess", "passwordCredentials", "keyCredentials"]) one[name] = application.Body[name]?.DeepClone();
                one["credentials"] = new JsonArray([.. application.Credentials.Select(credential => (JsonNode)$"{credential["name"]} {credential["issuer"]} {credential["subject"]} {credential["audiences"]![0]}")]);
                one["owners"] = new JsonArray([.. application.Owners.Select(owner => (JsonNode)owner)]);
                one["principals"] = Principals.Count(principal => principal.AppId == application.AppId);
                one["granted"] = new JsonArray([.. (principal?.Assignments ?? []).Select(assignment => (JsonNode?)GraphRoles.NameOf((string?)assignment["appRoleId"]))]);
                all.Add(one);
            }

            return all.ToJsonString(Readable);
        }
    }

    /// <summary>Client id of the application with a unique name, if there is one.</summary>
    /// <param name="uniqueName">Its name.</param>
    public string? FindClientId(string uniqueName)
    {
        lock (Lock) return Applications.Find(application => application.UniqueName == uniqueName)?.AppId;
    }

    /// <summary>Object id of an application's service principal ("enterprise application").</summary>
    /// <param name="clientId">The application.</param>
    public string PrincipalIdOf(string clientId)
    {
        lock (Lock) return Principals.Single(principal => principal.AppId == clientId).Id;
    }

    internal DirectoryApplication Make(string id, string appId, string displayName)
    {
        var application = new DirectoryApplication(new JsonObject
        {
            ["id"] = id,
            ["appId"] = appId,
            ["uniqueName"] = null,
            ["displayName"] = displayName,
            ["createdDateTime"] = "2026-11-24T10:17:06Z",
            ["signInAudience"] = "AzureADMyOrg",
            ["tags"] = new JsonArray(),
            ["requiredResourceAccess"] = new JsonArray(),
            ["passwordCredentials"] = new JsonArray(),
            ["keyCredentials"] = new JsonArray(),
        });
        Applications.Add(application);
        return application;
    }

    internal DirectoryPrincipal AddPrincipal(string appId, string displayName)
    {
        var principal = new DirectoryPrincipal(new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString("D"),
            ["appId"] = appId,
            ["displayName"] = displayName,
            ["accountEnabled"] = true,
            ["appRoleAssignmentRequired"] = false,
            ["servicePrincipalNames"] = new JsonArray(appId),
            ["servicePrincipalType"] = "Application",
            ["appRoles"] = new JsonArray(),
        });
        Principals.Add(principal);
        return principal;
    }

    internal JsonObject Assign(DirectoryPrincipal principal, string roleId)
    {
        var assignment = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString("N"),
            ["appRoleId"] = roleId,
            ["principalId"] = principal.Id,
            ["principalDisplayName"] = (string?)principal.Body["displayName"],
            ["principalType"] = "ServicePrincipal",
            ["resourceId"] = Graph.Id,
            ["resourceDisplayName"] = "Microsoft Graph",
        };
        principal.Assignments.Add(assignment);
        return assignment;
    }

    internal static JsonObject Credential(string name, string issuer, string subject, string audience) => new()
    {
        ["id"] = Guid.NewGuid().ToString("D"),
        ["name"] = name,
        ["issuer"] = issuer,
        ["subject"] = subject,
        ["audiences"] = new JsonArray(audience),
        ["description"] = null,
    };

    internal static JsonArray Requests(IEnumerable<string> roles)
    {
        var access = new JsonArray([.. roles.Select(role => (JsonNode)new JsonObject { ["id"] = GraphRoles.IdOf[role], ["type"] = "Role" })]);
        return access.Count == 0 ? [] : new JsonArray(new JsonObject { ["resourceAppId"] = GraphRoles.AppId, ["resourceAccess"] = access });
    }

    private static DirectoryPrincipal GraphPrincipal() => new(new JsonObject
    {
        ["id"] = Guid.NewGuid().ToString("D"),
        ["appId"] = GraphRoles.AppId,
        ["displayName"] = "Microsoft Graph",
        ["accountEnabled"] = true,
        ["servicePrincipalType"] = "Application",
        ["appRoles"] = new JsonArray([.. GraphRoles.IdOf.Select(role => (JsonNode)new JsonObject
        {
            ["id"] = role.Value,
            ["value"] = role.Key,
            ["isEnabled"] = true,
            ["allowedMemberTypes"] = new JsonArray("Application"),
        })]),
    });
}
