using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Psoxy.Emulator.Google.Iam;

namespace Psoxy.Emulator.Google.Access;

/// <summary>Who has which role on one resource. Changed as a whole, with an etag against changes in between.</summary>
internal sealed class IamPolicy
{
    private List<Binding> _bindings = [];
    private int _generation;

    /// <summary>The policy in Google's shape.</summary>
    public JsonObject Show()
    {
        var policy = new JsonObject { ["version"] = 1, ["etag"] = Etag };
        if (_bindings.Count > 0) policy["bindings"] = new JsonArray([.. _bindings.Select(binding => binding.Show())]);
        if (_bindings.Exists(binding => binding.Condition is not null)) policy["version"] = 3;
        return policy;
    }

    /// <summary>The policy of a setIamPolicy call in place of this one.</summary>
    /// <exception cref="CloudException">It was read before the last change, or names roles or accounts that do not exist.</exception>
    public JsonObject Replace(JsonObject request, Roles roles, Accounts accounts)
    {
        var policy = request["policy"] as JsonObject ?? throw CloudException.Invalid("The request must have a policy.");
        if ((string?)policy["etag"] is { Length: > 0 } etag && etag != Etag) throw CloudException.Conflict();
        var bindings = new List<Binding>();
        foreach (var given in policy["bindings"] as JsonArray ?? [])
        {
            var role = (string?)given?["role"] ?? "";
            if (!roles.IsKnown(role)) throw CloudException.Invalid($"Role {role} is not supported for this resource.");
            var members = (given!["members"] as JsonArray ?? []).Select(member => (string?)member ?? "").Distinct(StringComparer.Ordinal).ToList();
            foreach (var member in members) accounts.DemandMember(member);
            if (members.Count > 0) bindings.Add(new(role, members, given["condition"]?.DeepClone()));
        }

        (_bindings, _generation) = (bindings, _generation + 1);
        return Show();
    }

    /// <summary>Adds a role, without any check.</summary>
    public void Grant(string role, string member)
    {
        _bindings.Add(new(role, [member], null));
        _generation++;
    }

    /// <summary>A deleted account stays in policies under a name that no new account has.</summary>
    public void Rename(string member, string now)
    {
        if (!_bindings.Exists(binding => binding.Members.Contains(member))) return;
        _bindings = [.. _bindings.Select(binding => binding with { Members = [.. binding.Members.Select(known => known == member ? now : known)] })];
        _generation++;
    }

    /// <summary>Without conditions: the emulator evaluates none, and what is conditional is not granted.</summary>
    public IEnumerable<string> RolesOf(string member) =>
        _bindings.Where(binding => binding.Condition is null && binding.Members.Exists(known => known == member || known == "allUsers" || (known == "allAuthenticatedUsers" && member.Length > 0))).Select(binding => binding.Role);

    private string Etag
    {
        get
        {
            if (_generation == 0) return "ACAB";
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(bytes, 0x0006_4A5F_0000_0000 + _generation);
            return Convert.ToBase64String(bytes);
        }
    }

    private sealed record Binding(string Role, List<string> Members, JsonNode? Condition)
    {
        public JsonObject Show()
        {
            var binding = new JsonObject { ["role"] = Role, ["members"] = new JsonArray([.. Members.Select(member => (JsonNode)member)]) };
            if (Condition is not null) binding["condition"] = Condition.DeepClone();
            return binding;
        }
    }
}
