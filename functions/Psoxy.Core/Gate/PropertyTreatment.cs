namespace Psoxy.Core.Gate;

/// <summary>What an endpoint's rules do to a property of what it returns; the lower, the less of it is seen.</summary>
public enum PropertyTreatment
{
    /// <summary>It is not there.</summary>
    Dropped = 0,

    /// <summary>Something of it is there: phrases, a digest, a part.</summary>
    Reduced,

    /// <summary>Its pseudonym is there.</summary>
    Pseudonymized,

    /// <summary>It is there as it is.</summary>
    Kept,
}
