using Google.Cloud.Functions.Framework;
using Microsoft.AspNetCore.Http;

namespace EmptyFunction;

/// <summary>Does nothing: what a cold start of ours is compared with.</summary>
public sealed class Function : IHttpFunction
{
    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context) => context.Response.WriteAsync("{}");
}
