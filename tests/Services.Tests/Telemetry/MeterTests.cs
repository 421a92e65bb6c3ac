using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Strata.Backbone.Admission;
using Strata.Backbone.Contexts;
using Strata.Backbone.Service.Telemetry;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Contexts;
using Strata.Decoding.Service.Options;
using Strata.Decoding.Service.Telemetry;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Telemetry;

/// <summary>Measuring is free of garbage, and telemetry is off until a collector is named.</summary>
public sealed class MeterTests
{
    private const int Repeats = 10_000;

    [Fact]
    public void Record_SomeoneListens_AllocatesNothing()
    {
        using var measured = new MeasuredInstruments();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var permits = new ComputePermits(1, 1);
        using var contexts = new ResidentContexts(0);
        var backbone = new BackboneMeter(meters, permits, contexts);
        var folder = Directory.CreateTempSubdirectory("strata-contexts-");
        using (var store = ContextStore.Open(new ContextOptions { Folder = folder.FullName }, TimeProvider.System, NullLogger.Instance))
        {
            var decoding = new DecodingMeter(meters, store);
            DecodeResult[] results = [new DecodeResult { Flipped = true }, new DecodeResult()];
            var use = new ContextUse { Uploaded = true };
            Record(backbone, decoding, results, use);

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Repeats; i++)
            {
                Record(backbone, decoding, results, use);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_CollectorNamed_DecidesWhetherAnythingIsSent(bool named)
    {
        // Nobody listens at port 1; what cannot be sent is dropped.
        string[] options = named ? ["--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "--OTEL_EXPORTER_OTLP_TIMEOUT=100"] : [];
        await using var backbone = await RunningBackbone.StartAsync([("bert", Repository.Golden("bert-tiny"))], options);
        var services = backbone.Service<IServiceProvider>();
        Assert.Equal((named, named), (services.GetService<TracerProvider>() is not null, services.GetService<MeterProvider>() is not null));
        Assert.Empty(backbone.Log.Errors);
    }

    [Fact]
    public async Task Stop_CollectorHangs_EndsBeforeAnEngineLosesPatience()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0); // takes connections and never answers
        collector.Start();
        var backbone = await RunningBackbone.StartAsync([("bert", Repository.Golden("bert-tiny"))], $"--OTEL_EXPORTER_OTLP_ENDPOINT=http://{collector.LocalEndpoint}");
        await backbone.Client.GetModelAsync(new GetModelRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var started = Stopwatch.GetTimestamp();
        await backbone.StopAsync();
        await backbone.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 10);
        Assert.True(collector.Pending());
    }

    private static void Record(BackboneMeter backbone, DecodingMeter decoding, DecodeResult[] results, ContextUse use)
    {
        var started = Stopwatch.GetTimestamp();
        backbone.Queued("emotion", TimeSpan.Zero);
        backbone.FirstLayer("emotion", started, 2);
        backbone.Layer("emotion");
        backbone.Ran("emotion", started, completed: true);
        decoding.Decided("emotion", results, started, 100);
        decoding.ContextUsed("emotion", use);
    }
}
