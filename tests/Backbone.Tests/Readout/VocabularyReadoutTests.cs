using Strata.Backbone.Inference;
using Strata.Backbone.Readout;

namespace Strata.Backbone.Tests.Readout;

/// <summary>Every restricted readout of the vocabulary against the full one.</summary>
public class VocabularyReadoutTests
{
    private static readonly int[] Labels = [7, 500, 0, 511, 7];

    public static TheoryData<string, bool, ReadoutPositions> Variants =>
        [.. from model in GoldenModel.All where !model.IsClassifier from norm in new[] { true, false } from positions in Enum.GetValues<ReadoutPositions>() select (model.Name, norm, positions)];

    [Theory]
    [MemberData(nameof(Variants))]
    public void LabelTokens_EveryLayer_EqualTheGatheredFullLogits(string model, bool norm, ReadoutPositions positions)
    {
        var request = new ReadoutRequest { Kind = ReadoutKind.LabelTokens, LabelTokenIds = Labels, ApplyFinalNorm = norm, Positions = positions };
        foreach (var (full, labels, withLogZ) in Full(model, norm, positions).Zip(Run(model, request), Run(model, request with { WithLogZ = true })))
        {
            var expected = Rows(full).SelectMany(row => Labels.Select(token => row[token])).ToArray();
            Assert.Equal([.. full.Shape[..^1], Labels.Length], labels.Shape);
            Tolerance.AssertRows(expected, labels.Values.Span, Labels.Length, $"labels {full.Layer}");
            Assert.Equal(expected, withLogZ.Values.ToArray());
            Assert.Equal(norm, labels.FinalNormApplied);
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void LogZ_EveryLayer_EqualsTheLogSumExpOfTheFullLogits(string model, bool norm, ReadoutPositions positions)
    {
        var request = new ReadoutRequest { Kind = ReadoutKind.LabelTokens, LabelTokenIds = [1], WithLogZ = true, ApplyFinalNorm = norm, Positions = positions };
        foreach (var (full, labels) in Full(model, norm, positions).Zip(Run(model, request)))
        {
            // In double: sums of 512 exponentials.
            var expected = Rows(full).Select(row => (float)(row.Max() + Math.Log(row.Sum(z => Math.Exp((double)z - row.Max()))))).ToArray();
            Assert.Equal(expected.Length, labels.LogZ.Length);
            Tolerance.AssertRows(expected, labels.LogZ.Span, 1, $"log_z {full.Layer}");
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void TopK_EveryLayer_EqualsTheSortedFullLogits(string model, bool norm, ReadoutPositions positions)
    {
        const int k = 9;
        var request = new ReadoutRequest { Kind = ReadoutKind.TopK, TopK = k, ApplyFinalNorm = norm, Positions = positions };
        foreach (var (full, top) in Full(model, norm, positions).Zip(Run(model, request)))
        {
            var expected = Rows(full).Select(row => Enumerable.Range(0, row.Length).OrderByDescending(token => row[token]).ThenBy(token => token).Take(k).ToArray()).ToArray();
            Assert.Equal(expected.SelectMany(tokens => tokens), top.TokenIds.ToArray());
            Assert.Equal(Rows(full).Zip(expected).SelectMany(p => p.Second.Select(token => p.First[token])), top.Values.ToArray());
            Assert.Equal([.. full.Shape[..^1], k], top.Shape);
        }
    }

    private static IEnumerable<float[]> Rows(LayerFrame frame) => frame.Values.ToArray().Chunk((int)frame.Shape[^1]);

    private static List<LayerFrame> Full(string model, bool norm, ReadoutPositions positions) =>
        Run(model, new ReadoutRequest { Kind = ReadoutKind.FullVocabulary, ApplyFinalNorm = norm, Positions = positions });

    private static List<LayerFrame> Run(string name, ReadoutRequest readout)
    {
        var model = GoldenModel.Named(name);
        var run = new LayerRun { Batch = model.Case("batch3_rightpad").Batch(), ExitLayers = [.. Enumerable.Range(0, model.Layers + 1)], Readout = readout };
        return [.. model.Hosted.Run(run, TestContext.Current.CancellationToken)];
    }
}
