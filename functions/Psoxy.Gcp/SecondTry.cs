using System.Net.Sockets;
using System.Security.Authentication;

namespace Psoxy.Gcp;

/// <summary>One more try where a connection was refused or cut: what is asked of Google and Entra may be asked twice. An answer, whatever it says, is never asked for again, nor is a server whose certificate is not accepted.</summary>
internal static class SecondTry
{
    // Long enough for a server that is just being replaced, short enough for whoever waits.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task<T> OfAsync<T>(Func<Task<T>> send, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await send();
        }
        catch (Exception cut) when (IsOfConnection(cut))
        {
            await Task.Delay(Pause, time, cancellationToken);
            return await send();
        }
    }

    // A connection that is reset between its making and its use ends in a bare IOException or SocketException.
    private static bool IsOfConnection(Exception fault) => fault is IOException or SocketException or HttpRequestException { StatusCode: null, InnerException: not AuthenticationException };
}
