using Strata.Benchmarks.Load.Report;
using Strata.Benchmarks.Load.Timing;
using Strata.Contracts.Decoding.V1;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>What reading out every layer costs more than reading out the last one.</summary>
internal static class AllLayers
{
    private const double MaxRatio = 1.10;

    public static async Task<Section> MeasureAsync(Bench bench)
    {
        var rows = new List<Row>();
        var plain = new DecodeParameters { Method = Method.Plain };
        foreach (var subject in bench.Subjects)
        {
            var batch = subject.Tokenize(0, 1);
            var (all, final, readout) = (subject.AllLayers, subject.FinalLayer, subject.LabelReadout);
            var inProcess = await Interleaved.CompareAsync(
                bench.Pace, bench.Cancellation, () => subject.RunStaged(batch, all, readout), () => subject.RunStaged(batch, final, readout));
            rows.Add(inProcess.Ratio(0, 1).ToRow($"{subject.Name}, in process: {all.Length} exit layers / the final one", "x", Target.AtMost(MaxRatio)));

            var overGrpc = await Interleaved.CompareAsync(
                bench.Pace,
                bench.Cancellation,
                async () => await bench.Pair.Decoding.DecodeAsync(subject.Request(0), cancellationToken: bench.Cancellation),
                async () => await bench.Pair.Decoding.DecodeAsync(subject.Request(0, plain), cancellationToken: bench.Cancellation));
            rows.Add(overGrpc.Ratio(0, 1).ToRow($"{subject.Name}, Decode: extrapolation over all layers / METHOD_PLAIN", "x", Target.AtMost(MaxRatio)));
            rows.Add(overGrpc.Difference(0, 1).ToRow($"{subject.Name}, Decode: extrapolation - METHOD_PLAIN", "ms"));
        }

        return new Section(
            "All exit layers against the final layer",
            "Label readout. In process: the layers' heads alone. Decode: with the frames, their transport and the decision.",
            rows);
    }
}
