namespace Psoxy.Emulator.Google.Gcloud;

/// <summary>What gcloud did.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it said.</param>
public sealed record GcloudResult(int Code, string Output, string Error)
{
    /// <inheritdoc/>
    public override string ToString() => $"exit code {Code}\n{Output}\n{Error}";
}
