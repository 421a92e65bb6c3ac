using Grpc.Core;
using Strata.Contracts.Decoding.V1;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Decode;

/// <summary>The identities of the method, seen from a client: they hold through both services.</summary>
[Collection(PairCollection.Name)]
public sealed class DecodeIdentityTests(PairFixture pair)
{
    // Scores of one text alone and in a padded batch differ by float noise only.
    private const double BatchTolerance = 1e-4;

    public static TheoryData<string> Texts => [.. SampleTexts.All];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Decode_BetaIsZero_IsPlain(string text) =>
        await AssertPlainAsync(text, new DecodeParameters { Method = Method.Contrastive, Beta = 0 });

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Decode_TargetIsTheExpert_IsPlain(string text) =>
        await AssertPlainAsync(text, new DecodeParameters { Method = Method.Extrapolation, TargetLayersBeyond = 0 });

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Decode_AlphaIsOne_KeepsThePlainLabel(string text)
    {
        var response = await DecodeAsync(text, new DecodeParameters { PlausibilityAlpha = 1, TargetLayersBeyond = 20 });
        Assert.Equal(response.Result.PlainLabel, response.Result.Label);
        Assert.False(response.Result.Flipped);
        Assert.Equal(response.Result.Label, Assert.Single(response.Result.Scores, score => score.HasScore).Label);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Decode_StaticBetaEqualToTheDynamicOne_GivesTheSameScores(string text)
    {
        var line = await DecodeAsync(text, new DecodeParameters { TargetLayersBeyond = 3 });
        var contrast = await DecodeAsync(text, new DecodeParameters
        {
            Method = Method.Contrastive,
            Beta = line.Result.Beta,
            LayerSelection = LayerSelection.Fixed,
            AmateurLayer = line.Result.AmateurLayer,
        });
        Assert.Equal(line.Result.Label, contrast.Result.Label);
        Assert.All(line.Result.Scores.Zip(contrast.Result.Scores), pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, 1e-5));
    }

    [Fact]
    public async Task BatchDecode_ManyTexts_EqualsDecodeOfEach()
    {
        var request = new BatchDecodeRequest();
        request.Texts.AddRange(SampleTexts.All);
        var batch = await pair.Decoding.BatchDecodeAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(SampleTexts.All.Length, batch.Results.Count);
        foreach (var (text, result) in SampleTexts.All.Zip(batch.Results))
        {
            AssertSameDecision((await DecodeAsync(text, null)).Result, result);
        }
    }

    [Fact]
    public async Task DecodeStream_ManyTexts_EqualsDecodeOfEach()
    {
        using var call = pair.Decoding.DecodeStream(cancellationToken: TestContext.Current.CancellationToken);
        foreach (var (text, i) in SampleTexts.All.Select((text, i) => (text, i)))
        {
            await call.RequestStream.WriteAsync(new DecodeStreamRequest { Id = (ulong)i, Decode = new DecodeRequest { Text = text, RequestId = $"r{i}" } }, TestContext.Current.CancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        var answers = await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, SampleTexts.All.Length), answers.Select(answer => (int)answer.Id).Order());
        foreach (var answer in answers)
        {
            Assert.Equal($"r{answer.Id}", answer.Response.RequestId);
            AssertSameDecision((await DecodeAsync(SampleTexts.All[answer.Id], null)).Result, answer.Response.Result);
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task ExplainStream_OneText_EndsWithTheDecisionOfDecode(string text)
    {
        using var call = pair.Decoding.ExplainStream(new ExplainStreamRequest { Decode = new DecodeRequest { Text = text } }, cancellationToken: TestContext.Current.CancellationToken);
        var messages = await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var header = messages[0].Header;
        Assert.Equal(Enumerable.Range(0, header.Model.LayerCount + 1), messages[1..^1].Select(message => message.Point.Layer));
        var decoded = await DecodeAsync(text, null);
        AssertSameDecision(decoded.Result, messages[^1].Outcome.Result);
        Assert.Equal(decoded.Effective, header.Effective);

        var expert = messages[^2].Point;
        Assert.Equal(decoded.Result.PlainLabel, expert.Label);
        Assert.Equal(1, messages[1].Point.Probabilities.Sum(), 1e-4);
        var farthest = messages[^1].Outcome.Distances.MaxBy(distance => distance.Distance)!;
        Assert.Equal(decoded.Result.AmateurLayer, farthest.Layer);
    }

    private static void AssertSameDecision(DecodeResult expected, DecodeResult actual)
    {
        Assert.Equal(expected.Label, actual.Label);
        Assert.Equal(expected.PlainLabel, actual.PlainLabel);
        Assert.Equal(expected.AmateurLayer, actual.AmateurLayer);
        Assert.Equal(expected.TokenCount, actual.TokenCount);
        Assert.All(expected.Scores.Zip(actual.Scores), scores => Assert.Equal(scores.First.Probability, scores.Second.Probability, BatchTolerance));
    }

    private async Task AssertPlainAsync(string text, DecodeParameters parameters)
    {
        var plain = await DecodeAsync(text, new DecodeParameters { Method = Method.Plain });
        var same = await DecodeAsync(text, parameters);
        Assert.Equal(plain.Result.Label, same.Result.Label);
        Assert.False(same.Result.Flipped);
        Assert.Equal(0, same.Result.Beta);
        Assert.All(plain.Result.Scores.Zip(same.Result.Scores), scores => Assert.Equal(scores.First.ExpertProbability, scores.Second.ExpertProbability, 1e-6));
    }

    private async Task<DecodeResponse> DecodeAsync(string text, DecodeParameters? parameters) =>
        await pair.Decoding.DecodeAsync(new DecodeRequest { Text = text, Parameters = parameters }, cancellationToken: TestContext.Current.CancellationToken);
}
