namespace Psoxy.Emulator.Google.Storage;

/// <summary>Sources on their way in: a URL that nobody can guess stands for the permission to upload.</summary>
internal sealed class SignedUploads
{
    public const string Prefix = "/upload/signed";

    private readonly Dictionary<string, byte[]?> _objects = new(StringComparer.Ordinal);

    /// <summary>A new object's name.</summary>
    public string Begin()
    {
        var name = Guid.NewGuid().ToString("D") + ".zip";
        _objects[name] = null;
        return name;
    }

    public bool TryPut(string name, byte[] data)
    {
        if (!_objects.ContainsKey(name)) return false;
        _objects[name] = data;
        return true;
    }

    /// <summary>The bytes; <c>null</c> if nothing was uploaded.</summary>
    public byte[]? Find(string name) => _objects.GetValueOrDefault(name);
}
