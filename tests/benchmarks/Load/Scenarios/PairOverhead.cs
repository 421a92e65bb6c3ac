using Strata.Benchmarks.Load.Report;
using Strata.Benchmarks.Load.Subjects;
using Strata.Benchmarks.Load.Timing;
using Strata.Contracts.Decoding.V1;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>What a Decode through both services costs more than the model in one's own process.</summary>
internal static class PairOverhead
{
    private const double MaxRatio = 1.05;
    private const double MaxDifferenceMs = 0.5;

    public static async Task<Section> MeasureAsync(Bench bench)
    {
        var rows = new List<Row>();
        foreach (var subject in bench.Subjects)
        {
            rows.AddRange(await MeasureAsync(bench, subject));
        }

        return new Section(
            "Pair overhead",
            "Decode with default parameters (extrapolation over all layers) through both services over loopback, one call "
                + "at a time, against tokenizing and one monolithic session in this process; and against the staged run of the "
                + "same layers and readouts without gRPC, which leaves the services alone.",
            rows);
    }

    private static async Task<IEnumerable<Row>> MeasureAsync(Bench bench, Subject subject)
    {
        int pair = 0, monolithic = 0, staged = 0;
        var (layers, readout) = (subject.AllLayers, subject.LabelReadout);
        var comparison = await Interleaved.CompareAsync(
            bench.Pace,
            bench.Cancellation,
            async () => await bench.Pair.Decoding.DecodeAsync(subject.Request(pair++), cancellationToken: bench.Cancellation),
            () =>
            {
                subject.Monolithic.Run(subject.Tokenize(monolithic++, 1));
                return Task.CompletedTask;
            },
            () =>
            {
                subject.RunStaged(subject.Tokenize(staged++, 1), layers, readout);
                return Task.CompletedTask;
            },
            async () => await bench.Pair.Decoding.ListBackbonesAsync(new ListBackbonesRequest(), cancellationToken: bench.Cancellation));
        var name = $"{subject.Name}, {Tokens(subject)} tokens";
        return
        [
            comparison.Ratio(0, 1).ToRow($"{name}: Decode / monolithic", "x", subject.IsLarge ? Target.AtMost(MaxRatio) : null),
            comparison.Difference(0, 1).ToRow($"{name}: Decode - monolithic", "ms", subject.IsLarge ? null : Target.AtMost(MaxDifferenceMs)),
            comparison.Difference(0, 2).ToRow($"{name}: Decode - staged in process (services alone)", "ms"),
            comparison.Median(0).ToRow($"{name}: Decode p50", "ms"),
            new Row($"{name}: Decode p95", comparison.Quantile(0, 0.95), "ms"),
            new Row($"{name}: Decode p99", comparison.Quantile(0, 0.99), "ms"),
            comparison.Median(1).ToRow($"{name}: monolithic p50", "ms"),
            comparison.Median(2).ToRow($"{name}: staged in process p50", "ms"),
            comparison.Median(3).ToRow("two empty gRPC hops (ListBackbones) p50", "ms"),
        ];
    }

    private static string Tokens(Subject subject)
    {
        int[] counts = [.. subject.Texts.Select(text => subject.Hosted.Tokenizer!.Encode(text).Ids.Count)];
        return counts.Min() == counts.Max() ? $"{counts[0]}" : $"{counts.Min()}-{counts.Max()}";
    }
}
