using System.Text.Json.Nodes;

namespace Psoxy.Cli.Doctor.Facts;

/// <summary>Who has which role on something.</summary>
/// <param name="Bindings">Roles and members.</param>
internal sealed record Policy(IReadOnlyList<(string Role, string Member)> Bindings)
{
    public static Policy Of(JsonNode body) => new(
    [
        .. from binding in (body["bindings"] as JsonArray ?? []).OfType<JsonObject>()
           from member in binding["members"] as JsonArray ?? []
           select ((string?)binding["role"] ?? "", (string?)member ?? ""),
    ]);

    public IEnumerable<string> MembersOf(string role) => Bindings.Where(binding => binding.Role == role).Select(binding => binding.Member).Distinct(StringComparer.Ordinal);

    public IEnumerable<string> RolesOf(string member) => Bindings.Where(binding => binding.Member == member).Select(binding => binding.Role).Distinct(StringComparer.Ordinal);
}
