using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Decoding.V1;

namespace Strata.Services.Tests.Pair;

/// <summary>Both services over real gRPC: the emotion classifier, a tiny language model with a tokenizer, and a classifier without one.</summary>
public sealed class PairFixture : IAsyncLifetime
{
    private readonly TinyLanguageModel _languageModel = new();
    private RunningBackbone? _backbone;
    private RunningDecoding? _decoding;

    public DecodingService.DecodingServiceClient Decoding => _decoding!.Client;

    public string DecodingAddress => _decoding!.Address;

    public BackboneService.BackboneServiceClient Backbone => _backbone!.Client;

    public string BackboneAddress => _backbone!.Address;

    internal RunningBackbone BackboneHost => _backbone!;

    public async ValueTask InitializeAsync()
    {
        _backbone = await RunningBackbone.StartAsync(
            [("emotion", Repository.EmotionModel), ("lm", _languageModel.Folder), ("bert", Repository.Golden("bert-tiny"))]);
        _decoding = await RunningDecoding.StartAsync(
            [("emotion", _backbone.Address, "emotion"), ("lm", _backbone.Address, "lm"), ("bert", _backbone.Address, "bert")],
            "--Decoding:DefaultBackbone=emotion");
    }

    public async ValueTask DisposeAsync()
    {
        await (_decoding?.DisposeCleanAsync() ?? ValueTask.CompletedTask);
        await (_backbone?.DisposeCleanAsync() ?? ValueTask.CompletedTask);
        _languageModel.Dispose();
    }
}
