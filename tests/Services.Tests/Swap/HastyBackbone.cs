using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Strata.Contracts.Backbone.V1;
using Strata.ServiceDefaults.Hosting;

namespace Strata.Services.Tests.Swap;

/// <summary>Stands before a Backbone and has its model swapped just before a run gets there.</summary>
internal sealed class HastyBackbone : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HastyBackbone(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <param name="backbone">The Backbone.</param>
    /// <param name="swapAsync">Swaps its model; called before each of the first runs.</param>
    /// <param name="swaps">How many.</param>
    public static async Task<HastyBackbone> StartAsync(BackboneService.BackboneServiceClient backbone, Func<int, Task> swapAsync, int swaps)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddStrataDefaults(new IPEndPoint(IPAddress.Loopback, 0), null, _ => null, BackboneService.Descriptor);
        builder.Services.AddSingleton(new Forwarding(backbone, swapAsync, swaps));
        var app = builder.Build();
        app.MapGrpcService<Forwarding>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HastyBackbone(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed class Forwarding(BackboneService.BackboneServiceClient backbone, Func<int, Task> swapAsync, int swaps) : BackboneService.BackboneServiceBase
    {
        private int _runs;

        public override async Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context) =>
            await backbone.GetModelAsync(request, cancellationToken: context.CancellationToken);

        public override async Task StreamLayers(StreamLayersRequest request, IServerStreamWriter<StreamLayersResponse> responseStream, ServerCallContext context)
        {
            if (_runs++ < swaps)
            {
                await swapAsync(_runs);
            }

            using var call = backbone.StreamLayers(request, cancellationToken: context.CancellationToken);
            await foreach (var message in call.ResponseStream.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(message, context.CancellationToken);
            }
        }
    }
}
