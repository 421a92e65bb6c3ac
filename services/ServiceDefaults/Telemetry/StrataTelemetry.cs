using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Strata.ServiceDefaults.Telemetry;

/// <summary>Traces and metrics over OTLP, where the standard variable OTEL_EXPORTER_OTLP_ENDPOINT names a collector; nothing otherwise.
/// The other OTEL_ variables (protocol, headers, resource attributes, sampler) hold too; the endpoint may be an argument as well.</summary>
internal static class StrataTelemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // A collector that hangs must not keep a service from stopping before its engine loses patience (10 s in Docker, 30 s in Kubernetes).
    private const int StopMilliseconds = 5000;

    // The framework's own sources: a call's span crosses both services through the W3C traceparent header. The header names the span of
    // the HTTP request below the gRPC call, so a trace without System.Net.Http has a gap between the services.
    private static readonly string[] _sources = ["Microsoft.AspNetCore", "Grpc.Net.Client", "System.Net.Http"];
    private static readonly string[] _meters = ["Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Strata.*"];

    /// <param name="builder">The host's builder.</param>
    /// <param name="service">Name of the service in traces and metrics, such as "strata-backbone".</param>
    public static void AddServices(WebApplicationBuilder builder, string service)
    {
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            return;
        }

        // Read once more after the service's name, so that OTEL_SERVICE_NAME has the last word.
        var resource = ResourceBuilder.CreateDefault().AddService(service).AddEnvironmentVariableDetector();
        void Configure(IServiceCollection services) => services.AddSingleton<IConfiguration>(builder.Configuration);
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder().ConfigureServices(Configure)
            .SetResourceBuilder(resource).AddSource(_sources).AddProcessor(new CallSpans()).AddOtlpExporter().Build());
        builder.Services.AddSingleton(_ => Sdk.CreateMeterProviderBuilder().ConfigureServices(Configure)
            .SetResourceBuilder(resource).AddMeter(_meters).AddOtlpExporter().Build());
        builder.Services.AddHostedService<TelemetryLifetime>();
    }

    /// <summary>Makes the providers at start, and sends what is left at the stop.</summary>
    private sealed class TelemetryLifetime(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(
            Task.Run(() => traces.Shutdown(StopMilliseconds), CancellationToken.None),
            Task.Run(() => metrics.Shutdown(StopMilliseconds), CancellationToken.None));
    }
}
