using Google.Cloud.Functions.Framework;
using Microsoft.AspNetCore.Http;

namespace Psoxy.Gcp;

/// <summary>The function of the connector <c>outlook-cal</c>.</summary>
/// <param name="proxy">Does the work.</param>
public sealed class OutlookCalendarFunction(ProxyFunction proxy) : IHttpFunction
{
    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context) => proxy.HandleAsync(context);
}
