using System.Net;
using System.Net.Sockets;
using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Decode;

/// <summary>A response says what produced it: parameters, model, amateur, beta, plausible labels, times.</summary>
[Collection(PairCollection.Name)]
public sealed class DecodeEchoTests(PairFixture pair)
{
    [Fact]
    public async Task Decode_NoParameters_EchoesEveryDefault()
    {
        var response = await DecodeAsync(new DecodeRequest { Text = SampleTexts.All[0], RequestId = "mine" });
        var layers = response.Model.LayerCount;
        Assert.Equal(Method.Extrapolation, response.Effective.Method);
        Assert.Equal(LayerSelection.MaxCosineDistance, response.Effective.LayerSelection);
        Assert.Equal(Enumerable.Range(1, layers - 1), response.Effective.CandidateLayers);
        Assert.Equal(0.1, response.Effective.PlausibilityAlpha);
        Assert.Equal(layers + 2, response.Effective.TargetLayer);
        Assert.False(response.Effective.HasBeta || response.Effective.HasBetaCap || response.Effective.HasApplyFinalNorm);
        Assert.Equal("mine", response.RequestId);
        Assert.Equal(("emotion", "emotion", 64), (response.Model.Backbone, response.Model.Model, response.Model.Fingerprint.Length));
        Assert.Equal(2.0 / (layers - response.Result.AmateurLayer), response.Result.Beta, 1e-12);
        Assert.Equal(28, response.Result.Scores.Count);
        Assert.Equal(1, response.Result.Scores.Sum(score => score.Probability), 1e-4);
        Assert.InRange(response.Timing.RunUs, 1, response.Timing.TotalUs);
        Assert.InRange(response.Timing.FirstLayerUs, 1, response.Timing.BackboneUs);
        Assert.InRange(response.Timing.BackboneBytes, 1, 4096);
    }

    [Fact]
    public async Task Decode_BetaCapBelowTheDynamicBeta_CapsAndSaysSo()
    {
        var response = await DecodeAsync(new DecodeRequest
        {
            Text = SampleTexts.All[0],
            Parameters = new DecodeParameters { TargetLayersBeyond = 5, BetaCap = 0.25 },
        });
        Assert.True(response.Result.BetaCapped);
        Assert.Equal(0.25, response.Result.Beta);
        Assert.Equal(0.25, response.Effective.BetaCap);
    }

    [Fact]
    public async Task Decode_SubsetOfLabels_DecidesBetweenThose()
    {
        var request = new DecodeRequest { Text = SampleTexts.All[0], LabelSet = new LabelSet() };
        request.LabelSet.Labels.Add([new Label { Name = "joy" }, new Label { Name = "sadness" }]);
        var response = await DecodeAsync(request);
        Assert.Equal(["joy", "sadness"], response.Result.Scores.Select(score => score.Label));
        Assert.Equal(1, response.Result.Scores.Sum(score => score.ExpertProbability), 1e-5);
    }

    [Fact]
    public async Task Decode_PriorsOfLabels_ShiftTheExpertByTheirRatio()
    {
        var request = new DecodeRequest { Text = SampleTexts.All[0], LabelSet = new LabelSet(), Parameters = new DecodeParameters { Method = Method.Plain } };
        request.LabelSet.Labels.Add([new Label { Name = "joy" }, new Label { Name = "sadness" }]);
        var without = (await DecodeAsync(request)).Result;
        request.LabelSet.Labels[0].Prior = 0.8;
        request.LabelSet.Labels[1].Prior = 0.2;
        var with = (await DecodeAsync(request)).Result;
        double Odds(DecodeResult result) => result.Scores[0].ExpertProbability / result.Scores[1].ExpertProbability;
        Assert.Equal(Odds(without) * 0.2 / 0.8, Odds(with), 1e-4 * Odds(without));
    }

    [Fact]
    public async Task Decode_LanguageModelWithWords_AnswersWithNormEcho()
    {
        var request = new DecodeRequest
        {
            Backbone = "lm",
            Text = "a plain prompt",
            Prompt = new PromptTemplate { InputPrefix = "Review: ", LabelPrefix = "\nSentiment:" },
            LabelSet = new LabelSet(),
        };
        request.LabelSet.Labels.Add([new Label { Name = "good", Words = { "g", "G" } }, new Label { Name = "bad", Words = { "b" } }]);
        var response = await DecodeAsync(request);
        Assert.True(response.Effective.ApplyFinalNorm);
        Assert.Equal("Review: a plain prompt\nSentiment:".Length, response.Result.TokenCount);
        Assert.Contains(response.Result.Label, new[] { "good", "bad" });

        request.Parameters = new DecodeParameters { ApplyFinalNorm = false };
        Assert.False((await DecodeAsync(request)).Effective.ApplyFinalNorm);
    }

    [Fact]
    public async Task ListBackbones_Configured_DescribesTheModelsBehindThem()
    {
        var response = await pair.Decoding.ListBackbonesAsync(new ListBackbonesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["bert", "emotion", "lm"], response.Backbones.Select(backbone => backbone.Name));
        Assert.All(response.Backbones, backbone => Assert.True(backbone.Reachable));
        Assert.Equal("emotion", Assert.Single(response.Backbones, backbone => backbone.IsDefault).Name);
        Assert.Equal([6, 28, 0], response.Backbones.Select(backbone => backbone.Labels.Count));

        var page = await pair.Decoding.ListBackbonesAsync(new ListBackbonesRequest { PageSize = 2 }, cancellationToken: TestContext.Current.CancellationToken);
        var rest = await pair.Decoding.ListBackbonesAsync(new ListBackbonesRequest { PageToken = page.NextPageToken }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["bert", "emotion", "lm"], page.Backbones.Concat(rest.Backbones).Select(backbone => backbone.Name));
        Assert.Empty(rest.NextPageToken);
    }

    [Fact]
    public async Task ListBackbones_OneHangs_StillDescribesTheOthers()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var decoding = await RunningDecoding.StartAsync([("emotion", pair.BackboneAddress, "emotion"), ("hangs", $"http://{silent.LocalEndpoint}", "")]);
        var response = await decoding.Client.ListBackbonesAsync(new ListBackbonesRequest(), deadline: DateTime.UtcNow.AddSeconds(30), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([("emotion", true), ("hangs", false)], response.Backbones.Select(backbone => (backbone.Name, backbone.Reachable)));
    }

    private async Task<DecodeResponse> DecodeAsync(DecodeRequest request) =>
        await pair.Decoding.DecodeAsync(request, cancellationToken: TestContext.Current.CancellationToken);
}
