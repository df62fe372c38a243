using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Psoxy.Gcp.Identity;
using Psoxy.Gcp.Options;
using Psoxy.Gcp.Replies;

namespace Psoxy.Gcp.Telemetry;

/// <summary>
/// Sends spans and metrics over OTLP. Only where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set is this class touched at all, so that a function without pays no start-up for
/// OpenTelemetry. The exporter reads the other <c>OTEL_EXPORTER_OTLP_*</c> variables itself.
/// </summary>
internal sealed class TelemetryExport(ProxyOptions options, Engine engine, GraphTokens tokens) : IHostedService, IDisposable
{
    private const int FlushMilliseconds = 3000;
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddTo(IServiceCollection services) => services.AddHostedService<TelemetryExport>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Signals.Meter.CreateObservableGauge("psoxy.token.age", Age, "s", "Time since the Graph token in use was got.");
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource(Signals.Name).AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Signals.Name).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    /// <summary>The server has stopped; what has not been sent is sent now, within the platform's ten seconds.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Task.Run(() => _traces?.Shutdown(FlushMilliseconds), CancellationToken.None), Task.Run(() => _metrics?.Shutdown(FlushMilliseconds), CancellationToken.None));

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    // Not the default one: that reads attributes from the environment, and what stands there is not ours to tell.
    private ResourceBuilder Resource() => ResourceBuilder.CreateEmpty().AddAttributes(new Dictionary<string, object>
    {
        ["service.name"] = options.FunctionName.Length > 0 ? options.FunctionName : engine.Connector.Id,
        ["service.version"] = Reply.Version,
        ["service.instance.id"] = Guid.NewGuid().ToString("D"),
        ["psoxy.connector"] = engine.Connector.Id,
    });

    private IEnumerable<Measurement<double>> Age() => tokens.Age is { } age ? [new(age.TotalSeconds, new KeyValuePair<string, object?>("psoxy.connector", engine.Connector.Id))] : [];
}
