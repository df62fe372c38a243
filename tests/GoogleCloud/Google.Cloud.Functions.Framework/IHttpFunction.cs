using Microsoft.AspNetCore.Http;

namespace Google.Cloud.Functions.Framework;

/// <summary>A function that answers HTTP requests. The host makes one instance per request.</summary>
public interface IHttpFunction
{
    /// <summary>Answers one request.</summary>
    /// <param name="context">The request, and the response to write. Its <see cref="HttpContext.RequestAborted"/> says that the caller has gone.</param>
    /// <returns>A task that ends when the response is complete.</returns>
    Task HandleAsync(HttpContext context);
}
