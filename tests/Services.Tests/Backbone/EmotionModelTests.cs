using System.Runtime.InteropServices;
using System.Text.Json;
using Grpc.Core;
using Strata.Contracts.Backbone.V1;
using Strata.Services.Tests.Pair;

namespace Strata.Services.Tests.Backbone;

/// <summary>The embedded model answers as its trainer did: the same ids, and the same logits at every layer.</summary>
[Collection(PairCollection.Name)]
public sealed class EmotionModelTests(PairFixture pair)
{
    [Fact]
    public async Task StreamLayers_SampleTexts_EqualTheTrainersLogitsAtEveryLayer()
    {
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Repository.EmotionModel, "sample.json"), TestContext.Current.CancellationToken));
        var tolerance = json.RootElement.GetProperty("tolerance").GetDouble();
        Assert.InRange(tolerance, 0, 1e-3);
        JsonElement[] samples = [.. json.RootElement.GetProperty("samples").EnumerateArray()];
        Assert.Equal(10, samples.Length);

        var tokenize = new TokenizeRequest { Model = "emotion" };
        tokenize.Texts.AddRange(samples.Select(sample => sample.GetProperty("text").GetString()!));
        var tokens = await pair.Backbone.TokenizeAsync(tokenize, cancellationToken: TestContext.Current.CancellationToken);
        var request = new StreamLayersRequest { Model = "emotion" };
        request.Rows.AddRange(tokenize.Texts.Select(text => new Row { Text = text }));
        using var call = pair.Backbone.StreamLayers(request, cancellationToken: TestContext.Current.CancellationToken);
        var frames = await call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken)
            .Where(message => message.Frame is not null).Select(message => message.Frame).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(11, frames.Count);

        for (var row = 0; row < samples.Length; row++)
        {
            Assert.Equal(samples[row].GetProperty("input_ids").EnumerateArray().Select(id => id.GetInt32()), tokens.Texts[row].TokenIds);
            foreach (var (layer, expected) in samples[row].GetProperty("layer_logits").EnumerateArray().Select((logits, layer) => (layer, logits)))
            {
                var actual = MemoryMarshal.Cast<byte, float>(frames[layer].Values.Data.Span).Slice(row * 28, 28).ToArray();
                Assert.All(expected.EnumerateArray().Zip(actual), pair => Assert.Equal(pair.First.GetDouble(), pair.Second, tolerance));
            }
        }
    }
}
