using System.Runtime.InteropServices;
using Grpc.Core;
using Strata.Contracts.Backbone.V1;
using Strata.Contracts.Tensor.V1;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Backbone;

/// <summary>The layer stream as a client sees it.</summary>
[Collection(PairCollection.Name)]
public sealed class StreamLayersTests(PairFixture pair)
{
    [Fact]
    public async Task StreamLayers_AllLayers_SendsHeaderFramesInOrderAndSummary()
    {
        var messages = await ReadAsync(Request("emotion", "thanks!"));
        var header = messages[0].Header;
        Assert.Equal(Enumerable.Range(0, header.Model.LayerCount + 1), header.ExitLayers);
        Assert.Equal(ReadoutKind.ClassificationHead, header.Readout.Kind);
        Assert.Equal(header.ExitLayers, messages[1..^1].Select(message => message.Frame.Layer));
        Assert.All(messages[1..^1], message => Assert.Equal([1, 28], message.Frame.Values.Shape));
        Assert.Equal(header.Model.LayerCount, messages[^1].Summary.LayersRun);
        var elapsed = messages[1..^1].Select(message => message.Frame.ElapsedUs).ToArray();
        Assert.Equal(elapsed.Order(), elapsed);
    }

    [Fact]
    public async Task StreamLayers_HighestLayerBelowL_ComputesNoMore()
    {
        var before = LayersRun("emotion");
        var request = Request("emotion", "thanks!");
        request.ExitLayers.AddRange([1, 3]);
        var messages = await ReadAsync(request);
        Assert.Equal(3, messages[^1].Summary.LayersRun);
        Assert.Equal(3, LayersRun("emotion") - before);
    }

    [Fact]
    public async Task StreamLayers_GoldenCase_GivesTheReferenceLogits()
    {
        var golden = Strata.Golden.GoldenCase.Load("bert-tiny/cases/len12");
        var request = new StreamLayersRequest { Model = "bert" };
        request.Rows.Add(new Row { Tokens = new TokenRow() });
        request.Rows[0].Tokens.TokenIds.AddRange(golden.Int64("inputs/input_ids").ToArray().Select(id => (int)id));
        request.Rows[0].Tokens.TokenTypeIds.AddRange(golden.Int64("inputs/token_type_ids").ToArray().Select(id => (int)id));
        foreach (var message in (await ReadAsync(request))[1..^1])
        {
            var name = message.Frame.Layer == 4 ? "outputs/logits" : $"outputs/early_logits.{message.Frame.Layer}";
            AssertNear(golden.Float32(name).ToArray(), Floats(message.Frame.Values));
        }
    }

    [Theory]
    [InlineData(DataType.Fp16, 1e-3)]
    [InlineData(DataType.Bf16, 1e-2)]
    public async Task StreamLayers_HalfPrecision_RoundsTheValues(DataType dataType, double relative)
    {
        var request = Request("emotion", "thanks!");
        request.ExitLayers.Add(2);
        var exact = Floats((await ReadAsync(request))[1].Frame.Values);
        request.Readout = new Readout { DataType = dataType };
        var tensor = (await ReadAsync(request))[1].Frame.Values;
        Assert.Equal(exact.Length * 2, tensor.Data.Length);
        var rounded = MemoryMarshal.Cast<byte, ushort>(tensor.Data.Span).ToArray().Select(bits =>
            dataType == DataType.Fp16 ? (float)BitConverter.UInt16BitsToHalf(bits) : BitConverter.UInt32BitsToSingle((uint)bits << 16)).ToArray();
        Assert.All(exact.Zip(rounded), values => Assert.InRange(values.Second, values.First - (relative * Math.Abs(values.First)) - 1e-6, values.First + (relative * Math.Abs(values.First)) + 1e-6));
    }

    [Fact]
    public async Task StreamLayers_LargeHiddenStates_ArriveInChunksOfAtMostOneMebibyte()
    {
        var request = StalledStream.LargeRequest("emotion");
        request.ExitLayers.Add(1);
        var frames = (await ReadAsync(request))[1..^1].ConvertAll(message => message.Frame);
        Assert.True(frames.Count > 1);
        Assert.Equal(Enumerable.Range(0, frames.Count), frames.Select(frame => frame.ChunkIndex));
        Assert.All(frames, frame => Assert.Equal(frames.Count, frame.ChunkCount));
        Assert.All(frames, frame => Assert.InRange(frame.Values.Data.Length, 1, 1024 * 1024));
        Assert.Equal(frames[0].Values.Shape.Aggregate(4L, (bytes, extent) => bytes * extent), frames.Sum(frame => (long)frame.Values.Data.Length));
    }

    [Fact]
    public async Task StreamLayers_TopKOfLanguageModel_MatchesTheFullVocabulary()
    {
        var request = Request("lm", "a prompt");
        request.Readout = new Readout { Kind = ReadoutKind.FullVocabulary, WithLogZ = true };
        var full = (await ReadAsync(request))[1..^1];
        request.Readout = new Readout { Kind = ReadoutKind.TopK, TopK = 5 };
        var top = (await ReadAsync(request))[1..^1];
        foreach (var (all, best) in full.Zip(top))
        {
            var logits = Floats(all.Frame.Values);
            var order = Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).Take(5).ToArray();
            Assert.Equal(order, best.Frame.TokenIds);
            AssertNear(order.Select(id => logits[id]).ToArray(), Floats(best.Frame.Values));
            var logZ = MemoryMarshal.Cast<byte, float>(all.Frame.LogZ.Span)[0];
            Assert.Equal(Math.Log(logits.Sum(logit => Math.Exp(logit))), logZ, 1e-4);
        }
    }

    [Fact]
    public async Task StreamLayers_HiddenState_IsBeforeTheFinalNormUnlessAskedFor()
    {
        var golden = Strata.Golden.GoldenCase.Load("gpt2-tiny/cases/len7");
        var request = new StreamLayersRequest { Model = "lm", Readout = new Readout { Kind = ReadoutKind.HiddenState }, Rows = { new Row { Tokens = new TokenRow() } } };
        request.Rows[0].Tokens.TokenIds.AddRange(golden.Int64("inputs/input_ids").ToArray().Select(id => (int)id));
        var raw = (await ReadAsync(request))[^2].Frame;
        Assert.False(raw.FinalNormApplied);
        AssertNear(golden.Float32("outputs/hidden.4")[^64..].ToArray(), Floats(raw.Values));

        request.Readout.ApplyFinalNorm = true;
        var normed = (await ReadAsync(request))[^2].Frame;
        Assert.True(normed.FinalNormApplied);
        AssertNear(golden.Float32("outputs/final_norm")[^64..].ToArray(), Floats(normed.Values));
    }

    [Fact]
    public async Task Tokenize_TextWithSpecialTokenText_IsPlainUnlessAsked()
    {
        var request = new TokenizeRequest { Model = "emotion", Texts = { "a [SEP] b" } };
        var plain = await pair.Backbone.TokenizeAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        request.ParseSpecialTokens = true;
        var special = await pair.Backbone.TokenizeAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, plain.Texts[0].Tokens.Count(token => token == "[SEP]"));
        Assert.Equal(2, special.Texts[0].Tokens.Count(token => token == "[SEP]"));
        var first = plain.Texts[0].Tokens.IndexOf("a");
        Assert.Equal((0, 1), (plain.Texts[0].Starts[first], plain.Texts[0].Ends[first]));
    }

    private static StreamLayersRequest Request(string model, string text) => new() { Model = model, Rows = { new Row { Text = text } } };

    private static float[] Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();

    // tests/golden/README.md: 1e-4 * max(1, largest value).
    private static void AssertNear(float[] expected, float[] actual)
    {
        var tolerance = 1e-4 * Math.Max(1, expected.Max(Math.Abs));
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), values => Assert.Equal(values.First, values.Second, tolerance));
    }

    private long LayersRun(string model) => pair.BackboneHost.Service<Strata.Backbone.Service.Models.ModelRegistry>().Get(model).Hosted.LayersRun;

    private async Task<List<StreamLayersResponse>> ReadAsync(StreamLayersRequest request)
    {
        using var call = pair.Backbone.StreamLayers(request, cancellationToken: TestContext.Current.CancellationToken);
        return await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
