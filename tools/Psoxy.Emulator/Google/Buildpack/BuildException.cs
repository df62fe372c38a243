namespace Psoxy.Emulator.Google.Buildpack;

/// <summary>A build failed. The message is what Cloud Build would say.</summary>
internal sealed class BuildException(string text) : Exception(text);
