using Strata.Services.Tests;
using Strata.Services.Tests.Pair;

namespace Strata.Conformance.Tests.Servers;

/// <summary>What the READMEs talk to: both embedded models, as <c>services/AllInOne</c> serves them.</summary>
public sealed class ReadmeServer : IAsyncLifetime
{
    private RunningBackbone? _backbone;
    private RunningDecoding? _decoding;

    public string Decoding => new Uri(_decoding!.Address).Authority;

    public string Backbone => new Uri(_backbone!.Address).Authority;

    public async ValueTask InitializeAsync()
    {
        _backbone = await RunningBackbone.StartAsync([("emotion", Repository.EmotionModel), ("icl", Repository.InContextModel)]);
        _decoding = await RunningDecoding.StartAsync(
            [("emotion", _backbone.Address, "emotion"), ("icl", _backbone.Address, "icl")], "--Decoding:DefaultBackbone=emotion");
    }

    public async ValueTask DisposeAsync()
    {
        await (_decoding?.DisposeCleanAsync() ?? ValueTask.CompletedTask);
        await (_backbone?.DisposeCleanAsync() ?? ValueTask.CompletedTask);
    }
}
