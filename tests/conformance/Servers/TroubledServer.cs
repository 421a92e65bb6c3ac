using Grpc.Core;
using Strata.Contracts.Backbone.V1;
using Strata.Services.Tests.Backbone;
using Strata.Services.Tests.Errors;
using Strata.Services.Tests.Pair;

namespace Strata.Conformance.Tests.Servers;

/// <summary>A pair that has every trouble that needs more than a request: what each backbone suffers from is its name.</summary>
internal sealed class TroubledServer : ICaseServer
{
    private readonly TinyLanguageModel _languageModel = new();
    private readonly BrokenModel _nan = BrokenModel.WithNaNEmbedding(tokenId: 7);
    private readonly BrokenModel _positions = BrokenModel.WithTooManyPositions();
    private readonly HangingModel _hanging = new();
    private ForeignBackbone _foreign = null!;
    private RunningBackbone _backbone = null!;
    private RunningBackbone _busy = null!;
    private RunningBackbone _small = null!;
    private RunningDecoding _decoding = null!;
    private AsyncServerStreamingCall<StreamLayersResponse> _stalled = null!;
    private AsyncServerStreamingCall<SwapModelResponse> _swap = null!;

    private TroubledServer()
    {
    }

    public string Decoding => new Uri(_decoding.Address).Authority;

    public string Backbone => new Uri(_backbone.Address).Authority;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<TroubledServer> StartAsync()
    {
        var server = new TroubledServer();
        await server.StartAllAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _stalled.Dispose();
        _swap.Dispose();
        _hanging.Release();
        await _decoding.DisposeAsync();
        await _busy.DisposeAsync();
        await _small.DisposeAsync();
        await _backbone.DisposeAsync();
        await _foreign.DisposeAsync();
        _hanging.Dispose();
        _positions.Dispose();
        _nan.Dispose();
        _languageModel.Dispose();
    }

    private async Task StartAllAsync()
    {
        _foreign = await ForeignBackbone.StartAsync();
        _backbone = await RunningBackbone.StartAsync(
            [("lm", _languageModel.Folder), ("nan", _nan.Folder), ("positions", _positions.Folder)], $"--Backbone:ModelRoot={_hanging.Root}");
        _busy = await RunningBackbone.StartAsync([("lm", _languageModel.Folder)], "--Backbone:MaxConcurrentRuns=1", "--Backbone:MaxQueuedRuns=0");
        _small = await RunningBackbone.StartAsync([("lm", _languageModel.Folder)], "--Backbone:MaxContextBytes=100");
        _decoding = await RunningDecoding.StartAsync(
            [
                ("lm", _backbone.Address, "lm"),
                ("busy", _busy.Address, "lm"),
                ("small", _small.Address, "lm"),
                ("foreign", _foreign.Address, ""),
                ("silent", _foreign.Address, "silent"),
                ("throwing", _foreign.Address, "throw"),
                ("gone", "http://127.0.0.1:1", ""),
            ],
            "--Decoding:Contexts:MaxStoreBytes=1000",
            "--Decoding:DefaultDeadlineSeconds=2");

        // Whoever does not read holds the one permit; a swap that cannot end holds the others up.
        _stalled = _busy.Client.StreamLayers(StalledStream.LargeRequest("lm"), cancellationToken: Cancellation);
        Assert.True(await _stalled.ResponseStream.MoveNext(Cancellation));
        _swap = _backbone.Client.SwapModel(new SwapModelRequest { Name = "lm", Folder = HangingModel.Name }, cancellationToken: Cancellation);
        Assert.True(await _swap.ResponseStream.MoveNext(Cancellation));
    }
}
