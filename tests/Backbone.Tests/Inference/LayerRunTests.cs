using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Readout;

namespace Strata.Backbone.Tests.Inference;

/// <summary>Pulling, stopping, sharing and disposing. Each test loads its own model where it counts layers.</summary>
public class LayerRunTests
{
    private static readonly ReadoutRequest Hidden = new() { Kind = ReadoutKind.HiddenState };

    public static TheoryData<string> Names => GoldenModel.Names;

    [Fact]
    public void Run_BeforeTheFirstPull_ComputesNothing()
    {
        using var model = Load(GoldenModel.LlamaTiny);
        var frames = model.Run(Run(GoldenModel.LlamaTiny, [4]), TestContext.Current.CancellationToken);
        Assert.Equal(0, model.LayersRun);
        Assert.Single(frames);
        Assert.Equal(4, model.LayersRun);
    }

    [Fact]
    public void Run_EachPull_ComputesExactlyToTheNextExitLayer()
    {
        using var model = Load(GoldenModel.LlamaTiny);
        using var frames = model.Run(Run(GoldenModel.LlamaTiny, [0, 1, 3]), TestContext.Current.CancellationToken).GetEnumerator();
        var seen = new List<(int Layer, long LayersRun)>();
        while (frames.MoveNext())
        {
            seen.Add((frames.Current.Layer, model.LayersRun));
        }

        // Nothing above the highest exit layer is computed.
        Assert.Equal([(0, 0), (1, 1), (3, 3)], seen);
        Assert.Equal(3, model.LayersRun);
    }

    [Fact]
    public void Run_CancelledBetweenFrames_ComputesNoFurtherLayer()
    {
        using var model = Load(GoldenModel.LlamaTiny);
        using var source = new CancellationTokenSource();
        using var frames = model.Run(Run(GoldenModel.LlamaTiny, [1, 4]), source.Token).GetEnumerator();
        Assert.True(frames.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => frames.MoveNext());
        Assert.Equal(1, model.LayersRun);
    }

    [Fact]
    public async Task Run_CancelledWhileComputing_StopsWithinOneLayer()
    {
        using var model = Load(GoldenModel.DebertaTiny);
        using var source = new CancellationTokenSource();

        // The token is cancelled from another thread at the moment the first layer has been counted, while later ones are computed.
        var watcher = Task.Run(() =>
        {
            SpinWait.SpinUntil(() => model.LayersRun >= 1);
            var counted = model.LayersRun;
            source.Cancel();
            return (counted, model.LayersRun);
        }, TestContext.Current.CancellationToken);
        var rounds = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            while (rounds++ < 100_000)
            {
                _ = model.Run(Run(GoldenModel.DebertaTiny, [6]), source.Token).Count();
            }
        });
        var (_, atCancel) = await watcher;

        // At most the layer in progress when the token was set is completed after it.
        Assert.InRange(model.LayersRun - atCancel, 0, 1);
    }

    [Fact]
    public void Run_EnumeratorDisposedEarly_StopsComputing()
    {
        using var model = Load(GoldenModel.Gpt2Tiny);
        using (var frames = model.Run(Run(GoldenModel.Gpt2Tiny, [0, 2, 4]), TestContext.Current.CancellationToken).GetEnumerator())
        {
            Assert.True(frames.MoveNext());
            Assert.True(frames.MoveNext());
        }

        Assert.Equal(2, model.LayersRun);
    }

    [Fact]
    public void Dispose_DuringARun_LetsItFinishAndRefusesTheNext()
    {
        var model = Load(GoldenModel.BertTiny);
        var run = Run(GoldenModel.BertTiny, [1, 4]);
        var expected = GoldenModel.BertTiny.Hosted.Run(run, TestContext.Current.CancellationToken).Last().Values.ToArray();
        using var frames = model.Run(run, TestContext.Current.CancellationToken).GetEnumerator();
        Assert.True(frames.MoveNext());
        model.Dispose();
        Assert.True(frames.MoveNext());
        Assert.Equal(expected, frames.Current.Values.ToArray());
        Assert.False(frames.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => model.Run(run, TestContext.Current.CancellationToken).First());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_ABatch_EqualsItsRowsAlone(string name)
    {
        var model = GoldenModel.Named(name);
        int[][] rows = [[5, 6, 7, 8, 9, 10, 11], [12], [13, 14, 15]];
        var readout = new ReadoutRequest { Kind = model.IsClassifier ? ReadoutKind.ClassificationHead : ReadoutKind.FullVocabulary };
        int[] layers = [.. Enumerable.Range(0, model.Layers + 1)];
        var batched = Frames(TokenBatch.FromRows(rows, 0));
        for (var row = 0; row < rows.Length; row++)
        {
            foreach (var (together, alone) in batched.Zip(Frames(TokenBatch.FromRows([rows[row]], 0))))
            {
                var width = (int)alone.Shape[^1];
                Tolerance.AssertRows(alone.Values.Span, together.Values.Span.Slice(row * width, width), width, $"row {row} layer {alone.Layer}");
            }
        }

        List<LayerFrame> Frames(TokenBatch batch) => [.. model.Hosted.Run(new LayerRun { Batch = batch, ExitLayers = layers, Readout = readout }, TestContext.Current.CancellationToken)];
    }

    [Fact]
    public void Run_Concurrently_AnswersAsAlone()
    {
        var model = GoldenModel.Gpt2Tiny.Hosted;
        var runs = Enumerable.Range(1, 8).Select(length => new LayerRun
        {
            Batch = TokenBatch.FromRows([[.. Enumerable.Range(length, length)]], 0),
            ExitLayers = [0, 2, 4],
            Readout = new ReadoutRequest { Kind = ReadoutKind.LabelTokens, LabelTokenIds = [length, 2 * length] },
        }).ToArray();
        float[] Values(LayerRun run) => [.. model.Run(run, TestContext.Current.CancellationToken).SelectMany(f => f.Values.ToArray())];
        var alone = runs.Select(Values).ToArray();
        Parallel.For(0, 64, i => Tolerance.AssertRows(alone[i % 8], Values(runs[i % 8]), 2, $"run {i}"));
    }

    [Fact]
    public void Run_AfterItsOwnPresent_EqualsTheWholeAtOnce()
    {
        var model = GoldenModel.LlamaTiny;
        int[] tokens = [3, 14, 15, 92, 65, 35];
        var readout = new ReadoutRequest { Kind = ReadoutKind.FullVocabulary };
        LayerRun Run(int[] part, KeyValueCache? past, bool keep) => new() { Batch = TokenBatch.FromRows([part], 0), ExitLayers = [4], Readout = readout, Past = past, KeepPresent = keep };
        var whole = model.Hosted.Run(Run(tokens, null, false), TestContext.Current.CancellationToken).Single();
        using var past = model.Hosted.Run(Run(tokens[..4], null, true), TestContext.Current.CancellationToken).Single().Present;
        var rest = model.Hosted.Run(Run(tokens[4..], past, false), TestContext.Current.CancellationToken).Single();
        Tolerance.AssertRows(whole.Values.Span, rest.Values.Span, 512, "continued");
    }

    private static LayerRun Run(GoldenModel model, int[] layers) => new() { Batch = model.Case("len7").Batch(), ExitLayers = layers, Readout = Hidden };

    private static HostedModel Load(GoldenModel model) => HostedModel.Load("m", model.Files, GoldenModel.Runtime, new ModelLimits(), null, TestContext.Current.CancellationToken);
}
