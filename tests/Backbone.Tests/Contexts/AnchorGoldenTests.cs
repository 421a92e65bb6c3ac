using Strata.Backbone.Contexts;
using Strata.Backbone.Inference;
using Strata.Backbone.Readout;
using Strata.Golden;
using Strata.Leases;

namespace Strata.Backbone.Tests.Contexts;

/// <summary>The authors' compressed contexts (tests/golden/gpt2-tiny/anchor): the demonstrations are prefilled here, the kept rows gathered here,
/// and the queries must get the authors' logits.</summary>
public sealed class AnchorGoldenTests
{
    public static TheoryData<string, string> Runs
    {
        get
        {
            var runs = new TheoryData<string, string>();
            foreach (var task in new[] { "sst2", "trec" })
            {
                foreach (var run in new[]
                {
                    "full", "zero_shot", "text_anchor", "hidden_anchor", "hidden_anchor_pos_original", "hidden_anchor_pos_compact", "hidden_anchor_pos_gptj",
                    "hidden_labels_only", "hidden_random", "hidden_random_all", "hidden_everything",
                })
                {
                    runs.Add(task, run);
                }
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Query_OnTheAuthorsContext_GetsTheirLogits(string task, string run)
    {
        var golden = GoldenCase.Load($"gpt2-tiny/anchor/{task}_compress");
        using var contexts = new ResidentContexts(1 << 20);
        using var lease = golden.Has($"{run}/keep_positions") ? Compile(contexts, golden, [.. golden.Int64($"{run}/keep_positions").ToArray().Select(p => (int)p)]) : null;
        Assert.Equal(run.StartsWith("hidden", StringComparison.Ordinal), lease is not null);

        var shape = golden.Shape($"{run}/input_ids");
        var batch = new TokenBatch(
            (int)shape[0],
            (int)shape[1],
            golden.Int64($"{run}/input_ids").ToArray(),
            golden.Int64($"{run}/attention_mask").ToArray(),
            positionIds: golden.Has($"{run}/position_ids") ? golden.Int64($"{run}/position_ids").ToArray() : null);
        var model = GoldenModel.Gpt2Tiny.Hosted;
        var frame = model.Run(
            new LayerRun { Batch = batch, ExitLayers = [4], Readout = new ReadoutRequest { Kind = ReadoutKind.FullVocabulary }, Past = lease?.Value.Past },
            TestContext.Current.CancellationToken).Single();
        Tolerance.AssertRows(golden.Float32($"{run}/logits_last"), frame.Values.Span, 512, run);
    }

    [Theory]
    [InlineData("sst2")]
    [InlineData("trec")]
    public void Prefill_EverythingKept_GivesTheAuthorsKeyValues(string task)
    {
        var golden = GoldenCase.Load($"gpt2-tiny/anchor/{task}_compress");
        using var contexts = new ResidentContexts(1 << 20);
        var length = (int)golden.Shape("demo_ids")[0];
        using var lease = Compile(contexts, golden, [.. Enumerable.Range(0, length)]);
        for (var layer = 1; layer <= 4; layer++)
        {
            Tolerance.AssertRows(golden.Float32($"demo/present.{layer - 1}.key"), lease.Value.Past.Key(layer), 16, "key");
            Tolerance.AssertRows(golden.Float32($"demo/present.{layer - 1}.value"), lease.Value.Past.Value(layer), 16, "value");
        }
    }

    private static Lease<ResidentContext> Compile(ResidentContexts contexts, GoldenCase golden, int[] kept)
    {
        int[] prompt = [.. golden.Int64("demo_ids").ToArray().Select(id => (int)id)];
        return ContextFixture.Compile(contexts, GoldenModel.Gpt2Tiny.Hosted, prompt, kept);
    }
}
