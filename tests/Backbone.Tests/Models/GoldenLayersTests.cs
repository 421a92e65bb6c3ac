using Strata.Backbone.Inference;
using Strata.Backbone.Readout;
using Strata.Golden;

namespace Strata.Backbone.Tests.Models;

/// <summary>Every hidden state, early-exit answer and key/value of every case against its golden value.</summary>
public class GoldenLayersTests
{
    public static TheoryData<string, string> Cases => [.. GoldenModel.All.SelectMany(m => m.Cases.Select(c => (m.Name, c)))];

    public static TheoryData<string, string> LanguageModelCases => [.. GoldenModel.All.Where(m => !m.IsClassifier).SelectMany(m => m.Cases.Select(c => (m.Name, c)))];

    public static TheoryData<string, string> ClassifierCases => [.. GoldenModel.All.Where(m => m.IsClassifier).SelectMany(m => m.Cases.Select(c => (m.Name, c)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void HiddenStates_EveryLayer_MatchGolden(string model, string name)
    {
        var (golden, batch, frames) = Run(model, name, new ReadoutRequest { Kind = ReadoutKind.HiddenState, Positions = ReadoutPositions.All, ApplyFinalNorm = false });
        foreach (var frame in frames)
        {
            Assert.Equal(golden.Shape($"outputs/hidden.{frame.Layer}"), frame.Shape);
            Assert.False(frame.FinalNormApplied);
            AssertTokens(golden, $"outputs/hidden.{frame.Layer}", frame, batch);
        }
    }

    [Theory]
    [MemberData(nameof(LanguageModelCases))]
    public void EarlyLogits_EveryLayerAndPosition_MatchGolden(string model, string name)
    {
        var (golden, batch, frames) = Run(model, name, new ReadoutRequest { Kind = ReadoutKind.FullVocabulary, Positions = ReadoutPositions.All });
        var last = frames.Count - 1;
        foreach (var frame in frames)
        {
            AssertTokens(golden, frame.Layer == last ? "outputs/logits" : $"outputs/early_logits.{frame.Layer}", frame, batch);
            Assert.True(frame.FinalNormApplied);
        }
    }

    [Theory]
    [MemberData(nameof(LanguageModelCases))]
    public void FinalNorm_OfTheLastLayer_MatchesGolden(string model, string name)
    {
        var (golden, batch, frames) = Run(model, name, new ReadoutRequest { Kind = ReadoutKind.HiddenState, Positions = ReadoutPositions.All });
        AssertTokens(golden, "outputs/final_norm", frames[^1], batch);
        Assert.True(frames[^1].FinalNormApplied);
    }

    [Theory]
    [MemberData(nameof(LanguageModelCases))]
    public void EarlyLogits_WithoutFinalNorm_MatchGolden(string model, string name)
    {
        var (golden, batch, frames) = Run(model, name, new ReadoutRequest { Kind = ReadoutKind.FullVocabulary, ApplyFinalNorm = false });
        foreach (var frame in frames.Where(f => f.Layer < frames.Count - 1))
        {
            // The golden values are at the last column, ours at each row's last real token: equal where that is the last column.
            Tolerance.AssertRows(golden.Float32($"outputs/early_logits_nonorm.{frame.Layer}"), frame.Values.Span, (int)frame.Shape[^1], $"nonorm {frame.Layer}", row => batch.IsReal(row, batch.Length - 1));
            Assert.False(frame.FinalNormApplied);
        }
    }

    [Theory]
    [MemberData(nameof(LanguageModelCases))]
    public void LastPosition_EveryLayer_EqualsItsRowOfAllPositions(string model, string name)
    {
        var (_, batch, all) = Run(model, name, new ReadoutRequest { Kind = ReadoutKind.FullVocabulary, Positions = ReadoutPositions.All });
        var (_, _, last) = Run(model, name, new ReadoutRequest { Kind = ReadoutKind.FullVocabulary });
        var width = (int)all[0].Shape[^1];
        foreach (var (one, whole) in last.Zip(all))
        {
            Assert.Equal([batch.RowCount, width], one.Shape);
            for (var row = 0; row < batch.RowCount; row++)
            {
                var t = Enumerable.Range(0, batch.Length).Last(p => batch.IsReal(row, p));
                Tolerance.AssertRows(whole.Values.Span.Slice(((row * batch.Length) + t) * width, width), one.Values.Span.Slice(row * width, width), width, $"layer {one.Layer} row {row}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ClassifierCases))]
    public void ClassificationHead_EveryLayer_MatchesGolden(string model, string name)
    {
        var (golden, _, frames) = Run(model, name, new ReadoutRequest { Kind = ReadoutKind.ClassificationHead });
        foreach (var frame in frames)
        {
            Assert.Equal(golden.Shape($"outputs/early_logits.{frame.Layer}"), frame.Shape);
            Tolerance.AssertRows(golden.Float32($"outputs/early_logits.{frame.Layer}"), frame.Values.Span, (int)frame.Shape[1], $"logits {frame.Layer}");
        }

        Tolerance.AssertRows(golden.Float32("outputs/logits"), frames[^1].Values.Span, (int)frames[^1].Shape[1], "logits");
    }

    [Theory]
    [MemberData(nameof(LanguageModelCases))]
    public void Present_EveryLayer_MatchesGolden(string model, string name)
    {
        var source = GoldenModel.Named(model);
        var golden = source.Case(name);
        var batch = golden.Batch();
        using var past = golden.Past(source.Layers);
        var run = new LayerRun { Batch = batch, ExitLayers = [source.Layers], Readout = new ReadoutRequest { Kind = ReadoutKind.None }, Past = past, KeepPresent = true };
        using var present = source.Hosted.Run(run, TestContext.Current.CancellationToken).Single().Present;
        Assert.NotNull(present);
        var (heads, length) = (present.KeyValueHeadCount, present.PastLength);
        for (var layer = 1; layer <= source.Layers; layer++)
        {
            // Rows of one key are ordered batch row, head, position; a past is real throughout.
            bool IsReal(int row) => row % length < length - batch.Length || batch.IsReal(row / length / heads, (row % length) - (length - batch.Length));
            Tolerance.AssertRows(golden.Float32($"outputs/present.{layer - 1}.key"), present.Key(layer), present.HeadSize, $"key {layer}", IsReal);
            Tolerance.AssertRows(golden.Float32($"outputs/present.{layer - 1}.value"), present.Value(layer), present.HeadSize, $"value {layer}", IsReal);
        }
    }

    private static (GoldenCase Golden, TokenBatch Batch, List<LayerFrame> Frames) Run(string model, string name, ReadoutRequest readout)
    {
        var source = GoldenModel.Named(model);
        var golden = source.Case(name);
        var batch = golden.Batch();
        using var past = golden.Past(source.Layers);
        var run = new LayerRun { Batch = batch, ExitLayers = [.. Enumerable.Range(0, source.Layers + 1)], Readout = readout, Past = past };
        var frames = source.Hosted.Run(run, TestContext.Current.CancellationToken).ToList();
        Assert.Equal(source.Layers + 1, frames.Count);
        return (golden, batch, frames);
    }

    private static void AssertTokens(GoldenCase golden, string tensor, LayerFrame frame, TokenBatch batch) =>
        Tolerance.AssertRows(golden.Float32(tensor), frame.Values.Span, (int)frame.Shape[^1], tensor, row => batch.IsReal(row / batch.Length, row % batch.Length));
}
