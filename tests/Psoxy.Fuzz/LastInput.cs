using System.IO.MemoryMappedFiles;
using Psoxy.Fuzz.Engine;

namespace Psoxy.Fuzz;

/// <summary>
/// Keeps the input that is being tried in a mapped file, since an overflow of the stack cannot be caught and an endless loop does not end: what is left
/// in <c>target-last.bin</c> did it. Says so itself where one input takes longer than a minute.
/// </summary>
internal sealed class LastInput : IDisposable
{
    private static readonly TimeSpan Endless = TimeSpan.FromMinutes(1);
    private readonly string _file;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Timer _watch;
    private readonly string _name;
    private int _length;

    public LastInput(DirectoryInfo folder, FuzzTarget target)
    {
        folder.Create();
        (_file, _name) = (Path.Combine(folder.FullName, target.Name + "-last.bin"), target.Name);

        // Some targets put a header before what they damage.
        var capacity = (target.MaxLength * 2) + 65536;
        _map = MemoryMappedFile.CreateFromFile(_file, FileMode.Create, null, capacity);
        _view = _map.CreateViewAccessor();
        _watch = new Timer(_ => GiveUp(), null, Endless, Timeout.InfiniteTimeSpan);
    }

    public void Write(byte[] input)
    {
        _length = Math.Min(input.Length, (int)_view.Capacity);
        _view.WriteArray(0, input, 0, _length);
        _watch.Change(Endless, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _view.Dispose();
        _map.Dispose();
        File.Delete(_file);
    }

    private void GiveUp()
    {
        var input = new byte[_length];
        _view.ReadArray(0, input, 0, _length);
        var file = Path.ChangeExtension(_file, ".endless");
        File.WriteAllBytes(file, input);
        Console.Error.WriteLine($"{_name}: one input has taken more than a minute: {file}");
        Environment.Exit(1);
    }
}
