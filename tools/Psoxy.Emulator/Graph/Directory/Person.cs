using System.Text.Json.Nodes;

namespace Psoxy.Emulator.Graph.Directory;

/// <summary>Somebody of the tenant, by number. What names them holds the canary.</summary>
internal readonly record struct Person(int Index)
{
    private static readonly string[] First = ["Ada", "Björn", "Chloé", "Dmitri", "Eun-ji", "Fatima", "Grzegorz", "Håkon", "Inés", "João"];

    public string Id => Synthetic.Id(1, Index);

    public string GivenName => First[Index % First.Length];

    public string Name => $"Kanarie {GivenName} {Index}";

    public string Address => $"kanarie.{Index}@contoso-emulated.example";

    public bool IsGuest => Index % 9 == 8;

    public string PrincipalName => IsGuest ? $"kanarie.guest{Index}_partner.example@contoso-emulated.example" : Address;

    /// <summary>Some accounts have none: the services that need one refuse them.</summary>
    public bool HasMailbox => Index % 7 != 6;

    public string Phone => $"+41 79 555 kanarie {Index:00}";

    /// <summary>As mail names somebody: addresses come in any case.</summary>
    public JsonObject Recipient() => new()
    {
        ["emailAddress"] = new JsonObject { ["name"] = Name, ["address"] = Index % 2 == 0 ? Address : Address.ToUpperInvariant().Replace("@CONTOSO-EMULATED.EXAMPLE", "@contoso-emulated.example", StringComparison.Ordinal) },
    };
}
