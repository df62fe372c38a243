using Google.Cloud.Functions.Framework;
using Microsoft.AspNetCore.Http;

namespace Sample.Function;

/// <summary>The least a function can do: what the time to a first answer is compared with.</summary>
public sealed class EmptyFunction : IHttpFunction
{
    /// <inheritdoc />
    public Task HandleAsync(HttpContext context) => context.Response.WriteAsync("ok");
}
