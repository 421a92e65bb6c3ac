using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.ServiceDefaults.Errors;
using Strata.ServiceDefaults.Health;
using Strata.ServiceDefaults.Json;
using Strata.ServiceDefaults.Reflection;
using Strata.ServiceDefaults.Telemetry;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Strata.ServiceDefaults.Hosting;

/// <summary>What both hosts share: HTTP/2 on one endpoint, message limits, the error interceptor.</summary>
public static class StrataWebHost
{
    /// <summary>Most bytes of one received message: a frame is at most 1 MiB, requests are smaller.</summary>
    public const int MaxMessageBytes = 4 * 1024 * 1024;

    // 64 KiB windows halve the bandwidth of large streams; the connection window serves several of them.
    private const int StreamWindowBytes = 1024 * 1024;
    private const int ConnectionWindowBytes = 4 * 1024 * 1024;

    /// <summary>Prepares a host: Kestrel with HTTP/2 only on <paramref name="listen"/>, gRPC with limits and status mapping.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="listen">Address and port; port 0 takes a free one.</param>
    /// <param name="httpListen">Address and port for JSON over HTTP/1.1; null for none. JSON over HTTP/2 is served on <paramref name="listen"/> in any case.</param>
    /// <param name="statusMapping">The host's mapping of expected failures; null for anything else.</param>
    /// <param name="service">The service that the host serves, for health and reflection.</param>
    public static void AddStrataDefaults(
        this WebApplicationBuilder builder, IPEndPoint listen, IPEndPoint? httpListen, Func<Exception, RichError?> statusMapping, ServiceDescriptor service)
    {
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.AllowAlternateSchemes = true; // a proxy may end TLS in front of this port: the client's scheme is https then
            kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
            kestrel.Limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Limits.MaxRequestBodySize = null; // bounded per message by gRPC
            kestrel.Limits.MinRequestBodyDataRate = null; // a bidi stream may be quiet
            kestrel.Listen(listen, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            if (httpListen is not null)
            {
                kestrel.Listen(httpListen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            }
        });
        builder.Services.AddSingleton<ErrorMeter>();
        builder.Services.AddSingleton(provider => new ErrorInterceptor(
            statusMapping, provider.GetRequiredService<ILogger<ErrorInterceptor>>(), provider.GetRequiredService<ErrorMeter>()));
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxMessageBytes;
            grpc.MaxSendMessageSize = null;
            grpc.Interceptors.Add<ErrorInterceptor>();
        });
        ServiceDescriptor[] served = [service, Grpc.Health.V1.Health.Descriptor, Grpc.Reflection.V1.ServerReflection.Descriptor, Grpc.Reflection.V1Alpha.ServerReflection.Descriptor];
        StrataTelemetry.AddServices(builder, Name(service));
        HealthEndpoints.AddServices(builder.Services, [service]);
        ReflectionEndpoints.AddServices(builder.Services, served);
    }

    /// <summary>Maps what both hosts serve beside gRPC of their own service: health, reflection, JSON and its description.</summary>
    /// <param name="app">The host.</param>
    /// <param name="bind">The generated BindService of the host's service, with its implementation.</param>
    /// <param name="service">The host's service.</param>
    public static void MapStrataDefaults(this WebApplication app, Action<ServiceBinderBase> bind, ServiceDescriptor service)
    {
        JsonGateway.Use(app);
        JsonGateway.Map(app, bind);
        OpenApiEndpoint.Map(app, service);
        HealthEndpoints.Map(app);
        ReflectionEndpoints.Map(app);
    }

    /// <summary>"strata.backbone.v1.BackboneService" is "strata-backbone" in telemetry.</summary>
    private static string Name(ServiceDescriptor service) => string.Join('-', service.FullName.Split('.').Take(2));
}
