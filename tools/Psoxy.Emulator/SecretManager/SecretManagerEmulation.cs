using System.Numerics;
using Google.Cloud.SecretManager.V1;
using Google.Protobuf;
using Grpc.Core;
using Psoxy.Emulator.Faults;

namespace Psoxy.Emulator.SecretManager;

/// <summary>Secret Manager over gRPC.</summary>
internal sealed class SecretManagerEmulation(SecretStore secrets) : SecretManagerService.SecretManagerServiceBase
{
    public override Task<AccessSecretVersionResponse> AccessSecretVersion(AccessSecretVersionRequest request, ServerCallContext context)
    {
        if (!secrets.TryGet(request.Name, out var version)) throw new RpcException(new Status(StatusCode.NotFound, $"Secret Version [{request.Name}] not found."));
        if (version.State != SecretState.Enabled) throw new RpcException(new Status(StatusCode.FailedPrecondition, $"Secret Version [{request.Name}] is in {version.State} state."));
        var damaged = context.GetHttpContext().Items[FaultMiddleware.Item] is FaultKind.ExpiredToken;
        return Task.FromResult(new AccessSecretVersionResponse
        {
            Name = request.Name,
            Payload = new SecretPayload { Data = ByteString.CopyFrom(version.Data), DataCrc32C = Crc32C(version.Data) + (damaged ? 1 : 0) },
        });
    }

    /// <summary>Castagnoli's, as Secret Manager computes it.</summary>
    public static long Crc32C(byte[] data) => ~data.Aggregate(uint.MaxValue, BitOperations.Crc32C);
}
