using Strata.Backbone.Contexts;
using Strata.Backbone.Inference;
using Strata.Backbone.Models;
using Strata.Backbone.Readout;
using Strata.Benchmarks.Load.Report;
using Strata.Benchmarks.Load.Timing;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>What it costs that the rows of a batch share one context, against key/values that were repeated for every row beforehand.</summary>
internal static class SharedContext
{
    private const int Rows = 8;
    private const int Tokens = 20;

    private static readonly int[] _kept = [64, 150, 600];

    public static async Task<Section> MeasureAsync(Bench bench, IReadOnlyList<string> decoders)
    {
        var rows = new List<Row>();
        foreach (var decoder in decoders)
        {
            var model = bench.Pair.Model(decoder);
            foreach (var kept in _kept.Where(kept => kept + Tokens < model.Description.MaxPositions))
            {
                rows.AddRange(await MeasureAsync(bench, decoder, model, kept));
            }
        }

        return new Section(
            "Rows that share a context",
            $"In process, {Rows} rows of {Tokens} tokens, hidden state of the last layer. Shared: one row of key/values, repeated layer by layer into "
                + "memory that the next layer uses again. Repeated: key/values of all rows lie ready, which costs their memory.",
            rows);
    }

    private static async Task<IEnumerable<Row>> MeasureAsync(Bench bench, string decoder, HostedModel model, int kept)
    {
        using var contexts = new ResidentContexts(long.MaxValue);
        int[] prompt = [.. Enumerable.Range(0, kept).Select(i => 5 + (i % 200))];
        using var reservation = contexts.Reserve(model.KeyValueLayoutOf(kept));
        foreach (var _ in model.Prefill(prompt, [.. Enumerable.Range(0, kept)], reservation.Block, bench.Cancellation))
        {
        }

        using var lease = reservation.Keep(new ContextSource("bench", decoder, model.Description.Fingerprint, [.. Enumerable.Range(0, kept)], kept), model);
        var shared = lease.Value.Past;
        using var repeated = KeyValueCache.Create(
            [Rows, shared.KeyValueHeadCount, kept, shared.HeadSize],
            [.. Layers(model).Select(layer => Repeat(shared.Key(layer)))],
            [.. Layers(model).Select(layer => Repeat(shared.Value(layer)))]);
        var batch = TokenBatch.FromRows([.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(row, Tokens).ToArray())], 0);
        var comparison = await Interleaved.CompareAsync(bench.Pace, bench.Cancellation, () => Run(shared), () => Run(repeated));
        var name = $"{decoder}, {Rows} x {Tokens} tokens on {kept} kept";
        return
        [
            comparison.Ratio(0, 1).ToRow($"{name}: shared / repeated", "x"),
            comparison.Difference(0, 1).ToRow($"{name}: shared - repeated", "ms"),
            comparison.Median(0).ToRow($"{name}: shared p50", "ms"),
            new Row($"{name}: bytes that the repeated ones take", (double)lease.Value.Bytes * Rows, "bytes"),
            new Row($"{name}: bytes that sharing takes while it runs", (double)lease.Value.Bytes * Rows / model.Description.LayerCount, "bytes"),
        ];

        void Run(KeyValueCache past)
        {
            var run = new LayerRun { Batch = batch, ExitLayers = [model.Description.LayerCount], Readout = new ReadoutRequest { Kind = ReadoutKind.HiddenState }, Past = past };
            foreach (var _ in model.Run(run, bench.Cancellation))
            {
            }
        }
    }

    private static IEnumerable<int> Layers(HostedModel model) => Enumerable.Range(1, model.Description.LayerCount);

    private static ReadOnlyMemory<float> Repeat(ReadOnlySpan<float> row)
    {
        var all = new float[row.Length * Rows];
        for (var i = 0; i < Rows; i++)
        {
            row.CopyTo(all.AsSpan(i * row.Length));
        }

        return all;
    }
}
