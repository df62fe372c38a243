using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting;

/// <summary>What an application adds to the host.</summary>
public abstract class FunctionsStartup
{
    /// <summary>Adds services.</summary>
    /// <param name="context">The host's.</param>
    /// <param name="services">Where to.</param>
    public virtual void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
    }

    /// <summary>Adds middleware ahead of the function.</summary>
    /// <param name="context">The host's.</param>
    /// <param name="app">Where to.</param>
    public virtual void Configure(WebHostBuilderContext context, IApplicationBuilder app)
    {
    }

    /// <summary>Adds configuration; later sources win.</summary>
    /// <param name="context">The host's.</param>
    /// <param name="configuration">Where to.</param>
    public virtual void ConfigureAppConfiguration(WebHostBuilderContext context, IConfigurationBuilder configuration)
    {
    }

    /// <summary>Changes logging, after the host's own provider was added.</summary>
    /// <param name="context">The host's.</param>
    /// <param name="logging">Where to.</param>
    public virtual void ConfigureLogging(WebHostBuilderContext context, ILoggingBuilder logging)
    {
    }
}
