namespace Psoxy.Core.Connectors;

/// <summary>A file of <c>connectors/</c>, which this build has embedded.</summary>
internal static class EmbeddedFile
{
    /// <summary>What it holds.</summary>
    /// <exception cref="InvalidOperationException">It is not embedded: a bug of this build.</exception>
    public static byte[] Read(string name)
    {
        var source = typeof(EmbeddedFile).Assembly;
        using var stream = source.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded in {source.GetName().Name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
