using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Psoxy.Emulator.Hosting;

namespace Psoxy.Emulator.Faults;

/// <summary>Misbehaves before there is a request: when a connection is made.</summary>
internal sealed class ConnectionFaults
{
    private const string Item = "fault";
    private static readonly byte[] NoProtocol = "Kanarie speaks no protocol that you know.\r\n\r\n"u8.ToArray();
    private readonly FaultSwitch _faults;
    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();

    public ConnectionFaults(FaultSwitch faults)
    {
        _faults = faults;
        faults.Breaking += () =>
        {
            foreach (var connection in _open.Keys) connection.Abort();
        };
    }

    public async Task InvokeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var kind = _faults.TakeConnection();
        switch (kind)
        {
            case FaultKind.Refuse:
                connection.Abort();
                return;
            case FaultKind.NoHandshake:
                _faults.Sent = System.Text.Encoding.ASCII.GetString(NoProtocol);
                await connection.Transport.Output.WriteAsync(NoProtocol);
                return;
        }

        connection.Items[Item] = kind;
        _open[connection] = true;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    }

    /// <summary>The certificate that a connection is shown.</summary>
    public static X509Certificate2 Certificate(Certificates certificates, ConnectionContext? connection) => connection?.Items[Item] switch
    {
        FaultKind.UnknownAuthority => certificates.UnknownAuthority,
        FaultKind.OtherName => certificates.OtherName,
        FaultKind.ExpiredCertificate => certificates.Expired,
        _ => certificates.Server,
    };
}
