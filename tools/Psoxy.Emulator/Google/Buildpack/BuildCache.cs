namespace Psoxy.Emulator.Google.Buildpack;

/// <summary>Folders by what went into them, made once on this machine; several emulators may want the same one at a time.</summary>
internal sealed class BuildCache(string folder)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    /// <summary>The folder of a key.</summary>
    /// <param name="key">Says what goes into it.</param>
    /// <param name="make">Fills a folder. If it fails, nothing is kept.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> GetAsync(string key, Func<string, Task> make, CancellationToken cancellationToken)
    {
        Create(folder);
        var made = Path.Combine(folder, key);
        await using var locked = await LockAsync(Path.Combine(folder, key + ".lock"), cancellationToken);
        if (Directory.Exists(made))
        {
            Directory.SetLastWriteTimeUtc(made, DateTime.UtcNow);
            return made;
        }

        Forget();
        var half = Directory.CreateDirectory(made + "-" + Guid.NewGuid().ToString("N"));
        try
        {
            await make(half.FullName);
            Directory.Move(half.FullName, made);
            return made;
        }
        finally
        {
            if (Directory.Exists(half.FullName)) half.Delete(recursive: true);
        }
    }

    private void Forget()
    {
        foreach (var old in new DirectoryInfo(folder).EnumerateDirectories().Where(old => old.LastWriteTimeUtc < DateTime.UtcNow - Kept)) old.Delete(recursive: true);
    }

    // What is built from here is run: nobody else may write to it.
    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, cancellationToken);
            }
        }
    }
}
