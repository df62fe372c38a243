using Psoxy.Core.Gate;

namespace Psoxy.Cli.Rules.Review;

/// <summary>The words of the page, which filters and styles go by too.</summary>
internal static class Words
{
    public static readonly PropertyTreatment[] Treatments = [PropertyTreatment.Kept, PropertyTreatment.Pseudonymized, PropertyTreatment.Reduced, PropertyTreatment.Dropped];

    public static string Of(PropertyTreatment treatment) => treatment switch
    {
        PropertyTreatment.Kept => "kept",
        PropertyTreatment.Pseudonymized => "pseudonymized",
        PropertyTreatment.Reduced => "reduced",
        _ => "dropped",
    };

    /// <summary>Its style, and its mark beside the colour.</summary>
    public static (string Style, string Mark) Look(PropertyTreatment treatment) => treatment switch
    {
        PropertyTreatment.Kept => ("k", "✓"),
        PropertyTreatment.Pseudonymized => ("p", "◆"),
        PropertyTreatment.Reduced => ("r", "◐"),
        _ => ("d", "✕"),
    };

    public static string Count(int number, string one, string many) => number == 1 ? $"1 {one}" : FormattableString.Invariant($"{number:N0} {many}");
}
