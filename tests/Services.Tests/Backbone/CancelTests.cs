using Grpc.Core;
using Strata.Backbone.Admission;
using Strata.Backbone.Service.Models;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Backbone;

/// <summary>A cancelled call stops computing within one layer, counted in layers run.</summary>
public sealed class CancelTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task StreamLayers_ClientCancelsMidStream_StopsWithinOneLayerAndFreesThePermit()
    {
        await using var backbone = await RunningBackbone.StartAsync([("emotion", Repository.EmotionModel)]);
        var model = backbone.Service<ModelRegistry>().Get("emotion").Hosted;
        var permits = backbone.Service<ComputePermits>();
        using (var call = backbone.Client.StreamLayers(StalledStream.LargeRequest("emotion"), cancellationToken: TestContext.Current.CancellationToken))
        {
            // Header read, frames not: the server fills the window and waits, some layers into the run.
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        }

        Assert.True(SpinWait.SpinUntil(() => permits.Admitted == 0, _patience));
        var stopped = model.LayersRun;
        Assert.InRange(stopped, 0, model.Description.LayerCount - 1);

        // The next call computes what it asks for, and nothing of the cancelled one is still running beside it.
        var request = StalledStream.LargeRequest("emotion");
        request.ExitLayers.Add(2);
        using var next = backbone.Client.StreamLayers(request, cancellationToken: TestContext.Current.CancellationToken);
        await foreach (var _ in next.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(stopped + 2, model.LayersRun);
        Assert.Empty(backbone.Log.Errors);
    }

    [Fact]
    public async Task StreamLayers_DeadlinePassesMidStream_StopsWithinOneLayer()
    {
        await using var backbone = await RunningBackbone.StartAsync([("emotion", Repository.EmotionModel)]);
        var model = backbone.Service<ModelRegistry>().Get("emotion").Hosted;
        var permits = backbone.Service<ComputePermits>();
        using var call = backbone.Client.StreamLayers(
            StalledStream.LargeRequest("emotion"), deadline: DateTime.UtcNow.AddSeconds(5), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.True(SpinWait.SpinUntil(() => permits.Admitted == 0, _patience));
        Assert.InRange(model.LayersRun, 0, model.Description.LayerCount - 1);
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            {
            }
        });
        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task StreamLayers_StalledReader_LetsOthersCompute()
    {
        await using var backbone = await RunningBackbone.StartAsync(
            [("emotion", Repository.EmotionModel)], "--Backbone:MaxConcurrentRuns=1", "--Backbone:MaxQueuedRuns=4");
        using var stalled = backbone.Client.StreamLayers(StalledStream.LargeRequest("emotion"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await stalled.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        var request = StalledStream.LargeRequest("emotion");
        request.ExitLayers.Add(0);
        using var other = backbone.Client.StreamLayers(request, cancellationToken: TestContext.Current.CancellationToken);
        var messages = await other.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(messages[^1].Summary);
    }
}
