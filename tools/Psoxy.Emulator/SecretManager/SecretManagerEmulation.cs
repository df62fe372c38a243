using System.Numerics;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using Grpc.Core;
using Psoxy.Emulator.Faults;

namespace Psoxy.Emulator.SecretManager;

/// <summary>Secret Manager over gRPC.</summary>
internal sealed class SecretManagerEmulation(SecretStore secrets) : SecretManagerService.SecretManagerServiceBase
{
    // More than a client of gRPC takes.
    private const int TooLong = 8 << 20;

    public override Task<AccessSecretVersionResponse> AccessSecretVersion(AccessSecretVersionRequest request, ServerCallContext context)
    {
        if (!secrets.TryGet(request.Name, out var version)) throw new RpcException(new Status(StatusCode.NotFound, $"Secret Version [{request.Name}] not found."));
        if (version.State != SecretState.Enabled) throw new RpcException(new Status(StatusCode.FailedPrecondition, $"Secret Version [{request.Name}] is in {version.State} state."));
        var fault = context.GetHttpContext().Items[FaultMiddleware.Item];
        var damaged = fault is FaultKind.ExpiredToken;
        if (fault is FaultKind.Oversized) version.Data = new byte[TooLong];
        return Task.FromResult(new AccessSecretVersionResponse
        {
            Name = request.Name,
            Payload = new SecretPayload { Data = ByteString.CopyFrom(version.Data), DataCrc32C = Crc32C(version.Data) + (damaged ? 1 : 0) },
        });
    }

    /// <summary>Castagnoli's, as Secret Manager computes it.</summary>
    public static long Crc32C(byte[] data) => ~data.Aggregate(uint.MaxValue, BitOperations.Crc32C);
}
