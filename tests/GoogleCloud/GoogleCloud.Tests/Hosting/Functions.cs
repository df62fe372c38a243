using System.Text;
using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GoogleCloud.Tests.Hosting;

/// <summary>Answers with the middleware it came through, the greeting it was given, and how many requests its instance has seen.</summary>
[FunctionsStartup(typeof(Late), Order = 2)]
[FunctionsStartup(typeof(Early), Order = 1)]
internal sealed class StartedFunction(Greeting greeting, IConfiguration configuration) : IHttpFunction
{
    private int requests;

    public Task HandleAsync(HttpContext context) =>
        context.Response.WriteAsync($"{context.Items["trail"]} {greeting.Text} {configuration["who"]} {++requests}");
}

/// <summary>Has no startups; does what its path says.</summary>
internal sealed class PlainFunction : IHttpFunction
{
    public async Task HandleAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/throw":
                throw new InvalidOperationException("a bug");
            case "/sync":
                await context.Response.StartAsync();
                context.Response.Body.Write("x"u8);
                break;
            default:
                using (var reader = new StreamReader(context.Request.Body, Encoding.UTF8)) await context.Response.WriteAsync($"{(await reader.ReadToEndAsync()).Length}");
                break;
        }
    }
}

/// <summary>Makes another function the target, one that has other startups.</summary>
[FunctionsStartup(typeof(Turncoat))]
internal sealed class TurnedFunction : IHttpFunction
{
    public Task HandleAsync(HttpContext context) => Task.CompletedTask;
}

/// <summary>Is abstract, so it is no function itself. Public for the assembly that a test makes.</summary>
public abstract class DerivableFunction : IHttpFunction
{
    public Task HandleAsync(HttpContext context) => Task.CompletedTask;
}

internal abstract class NotAFunction;

internal sealed record Greeting(string Text);

internal class Early : FunctionsStartup
{
    protected virtual string Name => "early";

    public override void ConfigureAppConfiguration(WebHostBuilderContext context, IConfigurationBuilder configuration) =>
        configuration.AddInMemoryCollection([new("who", Name)]);

    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services) => services.AddSingleton(new Greeting("hello from " + Name));

    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Items["trail"] += Name + ">";
        return next(http);
    });
}

internal sealed class Late : Early
{
    protected override string Name => "late";
}

internal sealed class Turncoat : FunctionsStartup
{
    public override void ConfigureAppConfiguration(WebHostBuilderContext context, IConfigurationBuilder configuration) =>
        configuration.AddInMemoryCollection([new("FunctionsFramework:FunctionTarget", typeof(PlainFunction).FullName)]);
}
