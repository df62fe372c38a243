using Psoxy.Core.Rules;

namespace Psoxy.Core.Sanitize;

/// <summary>How far one path of one transform has been followed.</summary>
/// <param name="Transform">Index of the transform.</param>
/// <param name="Number">Index of the path among the transform's.</param>
/// <param name="At">Steps taken.</param>
/// <param name="Path">The path.</param>
internal readonly record struct PlanPosition(int Transform, int Number, int At, JsonPath Path)
{
    public bool IsComplete => At == Path.Steps.Length;

    public JsonPathStep Step => Path.Steps[At];
}
