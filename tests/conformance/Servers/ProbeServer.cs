using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Contracts.Decoding.V1;

namespace Strata.Conformance.Tests.Servers;

/// <summary>A Decoding that answers with the statuses it is told and writes down what it was sent.</summary>
internal sealed class ProbeServer : ICaseServer
{
    private readonly WebApplication _app;
    private readonly Behaviour _behaviour;

    private ProbeServer(WebApplication app, Behaviour behaviour) => (_app, _behaviour) = (app, behaviour);

    public string Decoding => new Uri(_app.Urls.First()).Authority;

    public string Backbone => Decoding;

    /// <summary>The <c>authorization</c> of each attempt so far; null where there was none.</summary>
    public IReadOnlyCollection<string?> Attempts => _behaviour.Attempts;

    /// <summary>The trailer <c>grpc-status-details-bin</c> of the statuses; null: none.</summary>
    public byte[]? Details
    {
        get => _behaviour.Details;
        set => _behaviour.Details = value;
    }

    /// <param name="statuses">Of the first attempts; the later ones succeed.</param>
    public static async Task<ProbeServer> StartAsync(params StatusCode[] statuses)
    {
        var behaviour = new Behaviour(new ConcurrentQueue<StatusCode>(statuses));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(behaviour);
        var app = builder.Build();
        app.MapGrpcService<Behaviour>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ProbeServer(app, behaviour);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed class Behaviour(ConcurrentQueue<StatusCode> statuses) : DecodingService.DecodingServiceBase
    {
        public ConcurrentQueue<string?> Attempts { get; } = new();

        public byte[]? Details { get; set; }

        public override Task<DecodeResponse> Decode(DecodeRequest request, ServerCallContext context)
        {
            Attempt(context);
            return Task.FromResult(new DecodeResponse { RequestId = request.RequestId });
        }

        public override Task ExplainStream(ExplainStreamRequest request, IServerStreamWriter<ExplainStreamResponse> responseStream, ServerCallContext context)
        {
            Attempt(context);
            return Task.CompletedTask;
        }

        private void Attempt(ServerCallContext context)
        {
            Attempts.Enqueue(context.RequestHeaders.GetValue("authorization"));
            if (statuses.TryDequeue(out var status))
            {
                throw new RpcException(new Status(status, "as told"), Details is { } details ? new Metadata { { "grpc-status-details-bin", details } } : Metadata.Empty);
            }
        }
    }
}
