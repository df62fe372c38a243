namespace Psoxy.Emulator.Entra;

/// <summary>A refusal of the token endpoint.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The number after AADSTS.</param>
/// <param name="Name">OAuth's name for the error.</param>
/// <param name="Text">What follows the code.</param>
internal sealed record EntraError(int Status, int Code, string Name, string Text);
