using Google.Cloud.Functions.Framework;
using Google.Cloud.SecretManager.V1;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Sample.Function;

/// <summary>Reads the secret that its query names with application default credentials, from the service that SECRETS names.</summary>
public sealed partial class SecretFunction(IConfiguration configuration, ILogger<SecretFunction> log) : IHttpFunction
{
    /// <inheritdoc />
    public async Task HandleAsync(HttpContext context)
    {
        using (log.BeginScope("asked"))
            Reading(log, context.Request.QueryString.Value);
        var client = await new SecretManagerServiceClientBuilder { Endpoint = configuration["SECRETS"] }.BuildAsync(context.RequestAborted);
        var answer = await client.AccessSecretVersionAsync(SecretVersionName.Parse(context.Request.QueryString.Value!.TrimStart('?')), context.RequestAborted);
        await context.Response.WriteAsync(answer.Payload.Data.ToStringUtf8());
    }

    [LoggerMessage(LogLevel.Warning, "Reading {Secret}")]
    private static partial void Reading(ILogger log, string? secret);
}
