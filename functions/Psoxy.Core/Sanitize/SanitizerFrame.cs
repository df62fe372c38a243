namespace Psoxy.Core.Sanitize;

/// <summary>The container that the pass is in. <c>default</c> is outside of all.</summary>
/// <param name="state">Its state.</param>
/// <param name="isObject">Or an array.</param>
internal struct SanitizerFrame(PlanState state, bool isObject)
{
    public readonly PlanState? State = state;
    public readonly bool IsObject = isObject;

    /// <summary>Whether something in it has been written, so that a comma goes before the next.</summary>
    public bool HasMembers;

    /// <summary>Which member is expected next.</summary>
    public int Expected;

    public readonly bool IsInside => State is not null;

    public readonly bool IsArray => State is not null && !IsObject;
}
