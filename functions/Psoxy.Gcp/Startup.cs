using System.Diagnostics;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Psoxy.Gcp;
using Psoxy.Gcp.Caller;
using Psoxy.Gcp.Graph;
using Psoxy.Gcp.Health;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Limits;
using Psoxy.Gcp.Log;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;
using Psoxy.Gcp.Secrets;
using Psoxy.Gcp.Telemetry;

[assembly: FunctionsStartup(typeof(Startup))]

namespace Psoxy.Gcp;

/// <summary>Puts a function together from its environment.</summary>
public sealed class Startup : FunctionsStartup
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The function class and <c>SOURCE</c> disagree: the process does not start.</exception>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(context);

        // No call of ours tells anybody which trace it belongs to, nor hands on what a caller wrote into its headers.
        DistributedContextPropagator.Current = DistributedContextPropagator.CreateNoOutputPropagator();
        string? Environment(string name) => context.Configuration[name];
        var connector = FunctionConnector.Of(Environment);
        var (options, problems) = ProxyOptionsReader.Read(Environment);
        var versions = new SecretManagerVersions(options);
        var secrets = new PseudonymSource(options, versions);
        var clocks = new Clocks(TimeProvider.System);
        var identity = new IdentityTokens(options, clocks, TimeProvider.System);
        var certificates = new CertificateSource(options, versions);
        var tokens = new GraphTokens(options, identity, certificates, clocks, TimeProvider.System);

        // All that takes long goes on while the host is put together.
        var warmUp = options.WarmUp && problems.IsEmpty ? WarmUp.Begin(secrets, tokens) : WarmUp.None;
        var engine = Task.Run(() => new Engine(connector, options, problems));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => engine.GetAwaiter().GetResult());
        services.AddSingleton<GoogleSignatures>();
        services.AddSingleton<CallerIdentity>();
        services.AddSingleton<CallerCheck>();
        services.AddSingleton(_ => secrets); // made by the container as it were, so that it disposes of them
        services.AddSingleton(_ => certificates);
        services.AddSingleton(_ => tokens);
        services.AddSingleton(clocks);
        services.AddSingleton(identity);
        services.AddSingleton(warmUp);
        services.AddSingleton<Turns>();
        services.AddSingleton<GraphClient>();
        services.AddSingleton<Reply>();
        services.AddSingleton<SmokeTest>();
        services.AddSingleton<RequestLog>();
        services.AddSingleton<HealthCheck>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProxyFunctionFactory>(provider).Create());
        services.AddHostedService<StartReport>();
        services.AddHostedService<WarmStart>();
        if (options.ExportsTelemetry) TelemetryExport.AddTo(services);
        services.AddResponseCompression(compression => (compression.EnableForHttps, compression.MimeTypes) = (true, ["application/json", "application/x-ndjson"])); // why https: docs/responses.md
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(9)); // the platform kills after 10
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = EnvelopeBody.MaxBytes;
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
    }

    /// <inheritdoc/>
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) => app.UseResponseCompression();

    /// <summary>Host and libraries log requests' paths and queries, so only their errors are let through, and of the request pipeline nothing.</summary>
    /// <inheritdoc/>
    public override void ConfigureLogging(WebHostBuilderContext context, ILoggingBuilder logging)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.Services.AddSingleton<ILoggerProvider>(provider => RequestLogProvider.ToStandardOutput(provider.GetRequiredService<ProxyOptions>().Project));
        logging.Services.PostConfigure<LoggerFilterOptions>(LogFilters.Set);
    }
}
