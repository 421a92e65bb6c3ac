using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Strata.Deploy.Tests.Telemetry;

/// <summary>A collector on a free loopback port: takes OTLP over gRPC, as the exporter sends it by default, and over HTTP.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private const int GrpcPrefixBytes = 5;

    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<ResourceSpans> Spans { get; } = new();

    public ConcurrentQueue<ResourceMetrics> Metrics { get; } = new();

    /// <summary>For OTEL_EXPORTER_OTLP_PROTOCOL=grpc, the default.</summary>
    public string GrpcAddress => _app.Urls.First();

    /// <summary>For OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.</summary>
    public string HttpAddress => _app.Urls.Last();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", http => AnswerGrpcAsync(http, receiver.TakeSpans));
        receiver._app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", http => AnswerGrpcAsync(http, receiver.TakeMetrics));
        receiver._app.MapPost("/v1/traces", http => AnswerHttpAsync(http, receiver.TakeSpans));
        receiver._app.MapPost("/v1/metrics", http => AnswerHttpAsync(http, receiver.TakeMetrics));
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Value of a resource's attribute; empty if it has none.</summary>
    public static string ServiceOf(Resource resource) =>
        resource.Attributes.FirstOrDefault(attribute => attribute.Key == "service.name")?.Value.StringValue ?? "";

    private void TakeSpans(byte[] message)
    {
        foreach (var spans in Telemetry.Spans.Parser.ParseFrom(message).ResourceSpans)
        {
            Spans.Enqueue(spans);
        }
    }

    private void TakeMetrics(byte[] message)
    {
        foreach (var metrics in Telemetry.Metrics.Parser.ParseFrom(message).ResourceMetrics)
        {
            Metrics.Enqueue(metrics);
        }
    }

    private static async Task AnswerGrpcAsync(HttpContext http, Action<byte[]> take)
    {
        var body = await ReadAsync(http);
        Assert.Equal(0, body[0]); // not compressed
        Assert.Equal((uint)(body.Length - GrpcPrefixBytes), BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1)));
        take(body[GrpcPrefixBytes..]);
        http.Response.ContentType = "application/grpc";
        await http.Response.Body.WriteAsync(new byte[GrpcPrefixBytes], http.RequestAborted); // an empty message
        http.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task AnswerHttpAsync(HttpContext http, Action<byte[]> take)
    {
        take(await ReadAsync(http));
        http.Response.ContentType = "application/x-protobuf";
    }

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }
}
