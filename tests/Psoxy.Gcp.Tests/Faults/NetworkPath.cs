using System.Net;
using System.Net.Sockets;

namespace Psoxy.Gcp.Tests.Faults;

/// <summary>
/// The network between a function and a dependency: a port that nobody listens at, one whose packets vanish, or one that leads there. Taken once, the port stays
/// ours in all three states.
/// </summary>
internal sealed class NetworkPath : IDisposable
{
    private static readonly TimeSpan Answering = TimeSpan.FromMilliseconds(300);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _fillers = [];
    private readonly int _target;

    /// <summary>Nobody listens yet: connections are refused by the system itself.</summary>
    public NetworkPath(int target)
    {
        _target = target;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Packets vanish: the queue of connections is full, so the system answers no further one.</summary>
    public async Task StallAsync()
    {
        _socket.Listen(0);
        while (_fillers.Count < 64)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _fillers.Add(filler);
            var connecting = filler.ConnectAsync(IPAddress.Loopback, Port);
            if (await Task.WhenAny(connecting, Task.Delay(Answering)) == connecting) continue;
            _ = connecting.ContinueWith(static given => given.Exception, TaskScheduler.Default); // given up when it is disposed of
            return;
        }

        throw new InvalidOperationException("The system answers connections beyond the queue.");
    }

    /// <summary>Leads to the dependency from now on.</summary>
    public void Open()
    {
        foreach (var filler in _fillers) filler.Dispose();
        _fillers.Clear();
        _socket.Listen(512);
        _ = AcceptAsync();
    }

    public void Dispose()
    {
        foreach (var filler in _fillers) filler.Dispose();
        _socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await _socket.AcceptAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The path's end.
        }
    }

    private async Task ForwardAsync(Socket accepted)
    {
        try
        {
            using var there = new TcpClient();
            await using var near = new NetworkStream(accepted, ownsSocket: true);
            await there.ConnectAsync(IPAddress.Loopback, _target);
            await using var far = there.GetStream();
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            // One of the two has hung up.
        }
    }
}
