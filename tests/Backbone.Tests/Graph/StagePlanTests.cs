using System.Text.Json;
using Strata.Backbone.Graph;
using Strata.Backbone.Models;

namespace Strata.Backbone.Tests.Graph;

/// <summary>Where the cuts lie. tests/golden/*/layer_map.json names the values that equal the hidden states, found by comparing numbers.</summary>
public class StagePlanTests
{
    public static TheoryData<string> Names => GoldenModel.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Cut_WithTheLayerCountOfConfig_FindsThatManyLayers(string model)
    {
        var source = GoldenModel.Named(model);
        Assert.Equal(source.Layers, Cut(source, source.Layers).LayerCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cut_WithoutALayerCount_FindsTheSameBoundaries(string model)
    {
        var source = GoldenModel.Named(model);
        Assert.Equal(Cut(source, source.Layers).Boundaries, Cut(source, null).Boundaries);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cut_EveryBoundary_LiesAtTheMappedValueOrNextToIt(string model)
    {
        var source = GoldenModel.Named(model);
        var plan = Cut(source, source.Layers);
        using var map = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(GoldenModel.Root, source.Folder, "layer_map.json")));
        var hidden = map.RootElement.GetProperty(source.OnnxFile).GetProperty("hidden");
        for (var layer = 0; layer <= source.Layers; layer++)
        {
            var mapped = plan.Graph.Find(hidden.GetProperty($"{layer}").GetString()!);
            var boundary = plan.Boundaries[layer];

            // A Cast behind the mapped value holds the same numbers, a product with the mask the same at real tokens (DeBERTa's embeddings).
            Assert.True(boundary == mapped || Behind(plan.Graph, boundary).Contains(mapped) || Behind(plan.Graph, mapped).Contains(boundary),
                $"layer {layer}: cut at {plan.Graph.Names[boundary]}, mapped {plan.Graph.Names[mapped]}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cut_OfALanguageModel_SplitsTheHeadAtItsProjection(string model)
    {
        var source = GoldenModel.Named(model);
        var plan = Cut(source, source.Layers);
        Assert.Equal(source.IsClassifier ? 1 : 2, plan.Head.Length);
        Assert.Equal(source.IsClassifier, plan.Projection is null);
    }

    [Fact]
    public void Cut_WithAWrongLayerCount_IsRefused()
    {
        var refusal = Assert.Throws<BackboneException>(() => Cut(GoldenModel.BertTiny, 12));
        Assert.Equal(BackboneError.ModelUnsupported, refusal.Error);
        Assert.Contains("12", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_OfGpt2_GivesTheHeadNothingButTheHiddenStateAndIds()
    {
        // The head's reshape looks at the shapes of input_ids and of the embedding output; both are computed where they are used.
        var plan = Cut(GoldenModel.Gpt2Tiny, 4);
        Assert.Equal([plan.Boundaries[4], plan.Graph.Find("input_ids")], plan.Head[0].Inputs);
    }

    [Fact]
    public void Cut_OfDeberta_ComputesALayersPositionsInThatLayer()
    {
        // The projected relative positions of layer 6 hang on no token; computed early, they would all be held at once.
        var plan = Cut(GoldenModel.DebertaTiny, 6);
        Assert.All(plan.Layers.Skip(2), stage => Assert.Empty(stage.SideOutputs));
        Assert.True(plan.Layers[0].Nodes.Length < plan.Layers[6].Nodes.Length);
    }

    private static int[] Behind(DataflowGraph graph, int value) =>
        graph.Producers[value] >= 0 && graph.Nodes[graph.Producers[value]] is { OpType: "Cast" or "Mul" } node ? node.Inputs : [];

    private static StagePlan Cut(GoldenModel model, int? layers) =>
        StagePlan.Cut(DataflowGraph.Build(OnnxFileReader.Read(model.OnnxPath, new ModelLimits(), TestContext.Current.CancellationToken)), layers, 1024);
}
