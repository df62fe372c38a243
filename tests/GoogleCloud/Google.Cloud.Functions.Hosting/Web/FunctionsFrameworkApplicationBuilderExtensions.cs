using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The request pipeline of the functions host.</summary>
public static class FunctionsFrameworkApplicationBuilderExtensions
{
    /// <summary>The startups' own middleware, then 404 for what browsers ask by themselves, then the function for everything else.</summary>
    public static IApplicationBuilder UseFunctionsFramework(this IApplicationBuilder app, WebHostBuilderContext context)
    {
        ArgumentNullException.ThrowIfNull(app);
        foreach (var startup in app.ApplicationServices.GetServices<FunctionsStartup>()) startup.Configure(context, app);
        foreach (var path in (string[])["/robots.txt", "/favicon.ico"]) app.Map(path, missing => missing.Run(Missing));
        app.Run(http => http.RequestServices.GetRequiredService<IHttpFunction>().HandleAsync(http));
        return app;
    }

    private static Task Missing(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
