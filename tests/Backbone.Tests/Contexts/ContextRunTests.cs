using Strata.Backbone.Contexts;
using Strata.Backbone.Graph;
using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Readout;
using Strata.Leases;

namespace Strata.Backbone.Tests.Contexts;

/// <summary>Queries on resident contexts, on both decoder families of the golden models (learned positions; rotary positions and grouped heads).</summary>
public sealed class ContextRunTests
{
    private static readonly int[] _prompt = [5, 17, 300, 42, 42, 99, 7, 256, 3];
    private static readonly int[][] _queries = [[11, 12, 13], [200, 4], [9, 8, 7, 6, 5]];

    public static TheoryData<string> Models => [GoldenModel.Gpt2Tiny.Name, GoldenModel.Gpt2Noscope.Name, GoldenModel.LlamaTiny.Name];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Models))]
    public void Run_EverythingKept_EqualsTheWholePromptAtOnce(string name)
    {
        var model = GoldenModel.Named(name);
        using var contexts = new ResidentContexts(1 << 20);
        using var lease = ContextFixture.Compile(contexts, model.Hosted, _prompt, [.. Enumerable.Range(0, _prompt.Length)]);
        var followed = Run(model, TokenBatch.FromRows(_queries, 0), lease.Value.Past);
        var whole = Run(model, TokenBatch.FromRows([.. _queries.Select(query => _prompt.Concat(query).ToArray())], 0), null);
        for (var layer = 0; layer < whole.Length; layer++)
        {
            Tolerance.AssertRows(whole[layer], followed[layer], 512, $"layer {layer}");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Run_RowsTogether_EqualRowsAlone(string name)
    {
        var model = GoldenModel.Named(name);
        using var contexts = new ResidentContexts(1 << 20);
        using var lease = ContextFixture.Compile(contexts, model.Hosted, _prompt, [0, 2, 3, 8]);
        var together = Run(model, Positioned(_queries, 9), lease.Value.Past);
        for (var row = 0; row < _queries.Length; row++)
        {
            var alone = Run(model, Positioned([_queries[row]], 9), lease.Value.Past);
            for (var layer = 0; layer < together.Length; layer++)
            {
                Tolerance.AssertRows(alone[layer], together[layer].AsSpan(row * 512, 512), 512, $"row {row}, layer {layer}");
            }
        }
    }

    [Fact]
    public void Run_OneRow_ReadsTheContextInPlace()
    {
        var model = GoldenModel.LlamaTiny;
        using var contexts = new ResidentContexts(1 << 20);
        using var lease = ContextFixture.Compile(contexts, model.Hosted, _prompt, [.. Enumerable.Range(0, _prompt.Length)]);
        var before = Run(model, TokenBatch.FromRows([_queries[0]], 0), lease.Value.Past);
        Assert.Equal(before[^1], Run(model, TokenBatch.FromRows([_queries[0]], 0), lease.Value.Past)[^1]);

        // Another key in the context's memory is another answer at once: nothing was copied.
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(lease.Value.Past.Tensor(1, true).GetTensorMutableDataAsSpan<float>()).Fill(0x3f);
        Assert.NotEqual(before[^1], Run(model, TokenBatch.FromRows([_queries[0]], 0), lease.Value.Past)[^1]);
    }

    [Fact]
    public void Run_LongerContext_AllocatesNoMoreThanItsMask()
    {
        var model = GoldenModel.Gpt2Tiny;
        using var contexts = new ResidentContexts(1 << 20);
        int[] prompt = [.. Enumerable.Range(0, 80)];
        using var small = ContextFixture.Compile(contexts, model.Hosted, prompt, [0, 1], "small");
        using var large = ContextFixture.Compile(contexts, model.Hosted, prompt, [.. Enumerable.Range(0, 80)], "large");
        var maskBytes = 78 * sizeof(long);
        Allocated(small);
        Allocated(large);
        Assert.InRange(Allocated(large) - Allocated(small), -512, maskBytes + 512);

        long Allocated(Lease<ResidentContext> lease)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(model, Positioned([_queries[0]], 80), lease.Value.Past);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Layers_PresentKeyValues_AreNotAskedForByARunThatDoesNotKeepThem(string name)
    {
        var source = GoldenModel.Named(name);
        var plan = StagePlan.Cut(DataflowGraph.Build(OnnxFileReader.Read(source.OnnxPath, new ModelLimits(), Cancellation)), source.Layers, 1024);
        using var stages = StageSet.Create(plan, GoldenModel.Runtime, null, Cancellation);
        string[] presents = [.. ContextInputs.Find(plan).Outputs.Select(output => plan.Graph.Names[output.Value])];
        Assert.Equal(2 * source.Layers, presents.Length);
        Assert.All(stages.Layers, stage => Assert.Empty(stage.OutputNames.Intersect(presents)));
        Assert.Equal(presents.Order(), stages.Layers.SelectMany(stage => stage.OutputNamesWithPresent).Intersect(presents).Order());
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 1, 1 })]
    [InlineData(new[] { 2, 1 })]
    [InlineData(new[] { -1, 1 })]
    [InlineData(new[] { 0, 9 })]
    public void Prefill_WrongKeptPositions_AreRefused(int[] kept)
    {
        var model = GoldenModel.Gpt2Tiny.Hosted;
        using var block = new KeyValueBlock(model.KeyValueLayoutOf(Math.Max(1, kept.Length)));
        var failure = Assert.Throws<BackboneException>(() => model.Prefill(_prompt, kept, block, Cancellation));
        Assert.Equal(BackboneError.ArgumentInvalid, failure.Error);
    }

    [Fact]
    public void KeyValueLayoutOf_ModelWithoutPast_IsRefused()
    {
        var failure = Assert.Throws<BackboneException>(() => GoldenModel.BertTiny.Hosted.KeyValueLayoutOf(3));
        Assert.Equal(BackboneError.ContextsUnsupported, failure.Error);
    }

    [Fact]
    public void Prefill_StopsWithinALayer_WhenCancelled()
    {
        var model = GoldenModel.Gpt2Tiny.Hosted;
        using var cancel = new CancellationTokenSource();
        using var block = new KeyValueBlock(model.KeyValueLayoutOf(1));
        using var steps = model.Prefill(_prompt, [0], block, cancel.Token).GetEnumerator();
        Assert.True(steps.MoveNext());
        cancel.Cancel();
        Assert.Throws<OperationCanceledException>(() => steps.MoveNext());
    }

    private static TokenBatch Positioned(int[][] rows, int start)
    {
        var plain = TokenBatch.FromRows(rows, 0);
        long[] positions = [.. Enumerable.Range(0, rows.Length).SelectMany(_ => Enumerable.Range(start, plain.Length).Select(position => (long)position))];
        return new TokenBatch(plain.RowCount, plain.Length, plain.Ids, plain.Mask, positionIds: positions);
    }

    private static float[][] Run(GoldenModel model, TokenBatch batch, KeyValueCache? past)
    {
        var run = new LayerRun { Batch = batch, ExitLayers = [0, 1, 2, 3, 4], Readout = new ReadoutRequest { Kind = ReadoutKind.FullVocabulary }, Past = past };
        return [.. model.Hosted.Run(run, Cancellation).Select(frame => frame.Values.ToArray())];
    }
}
