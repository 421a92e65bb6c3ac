using Strata.Client;
using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests;
using Strata.Services.Tests.Pair;

namespace Strata.Cli.Tests.Pair;

/// <summary>Both services over real gRPC, with the two embedded models: what the command line is run against.</summary>
public sealed class PairFixture : IAsyncLifetime
{
    private RunningBackbone? _backbone;
    private RunningDecoding? _decoding;

    public string DecodingAddress => _decoding!.Address;

    public string BackboneAddress => _backbone!.Address;

    public async ValueTask InitializeAsync()
    {
        _backbone = await RunningBackbone.StartAsync([("emotion", Repository.EmotionModel), ("icl", Repository.InContextModel)]);
        _decoding = await RunningDecoding.StartAsync(
            [("emotion", _backbone.Address, "emotion"), ("icl", _backbone.Address, "icl")], "--Decoding:DefaultBackbone=emotion");
    }

    /// <summary>Id of a context of the in-context model.</summary>
    public async Task<string> ContextAsync()
    {
        using var client = StrataClient.Connect(DecodingAddress);
        var answer = await client.Contexts.CreateAsync(
            new CreateContextRequest
            {
                Backbone = "icl",
                Recipe = new ContextRecipe
                {
                    Template = new PromptTemplate { InputPrefix = "question: ", LabelPrefix = "\ntype:" },
                    LabelSet = new LabelSet { Labels = { new Label { Name = "person" }, new Label { Name = "number" } } },
                    Demonstrations =
                    {
                        new Demonstration { Text = "who wrote the first novel ?", Label = "person" },
                        new Demonstration { Text = "how many miles is it to the moon ?", Label = "number" },
                    },
                },
            },
            cancellation: TestContext.Current.CancellationToken);
        return answer.Context.Id;
    }

    public async ValueTask DisposeAsync()
    {
        if (_decoding is not null)
        {
            await _decoding.DisposeAsync();
        }

        if (_backbone is not null)
        {
            await _backbone.DisposeAsync();
        }
    }
}
