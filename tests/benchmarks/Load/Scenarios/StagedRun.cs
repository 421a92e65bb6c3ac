using Strata.Benchmarks.Load.Report;
using Strata.Benchmarks.Load.Subjects;
using Strata.Benchmarks.Load.Timing;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>What cutting the graph costs: all stages against one session of the same file.</summary>
internal static class StagedRun
{
    private const double MaxRatio = 1.03;

    public static async Task<Section> MeasureAsync(Bench bench)
    {
        var rows = new List<Row>();
        foreach (var subject in bench.Subjects)
        {
            foreach (var (count, length) in Shapes(subject))
            {
                rows.AddRange(await MeasureAsync(bench, subject, count, length));
            }
        }

        return new Section(
            "Staged against monolithic",
            "The same logits from the layer-by-layer run and from one ONNX Runtime session of the same file, same "
                + "process, same thread pool, in turns. For the language model both give the whole vocabulary at every "
                + "position, copied out; the second figure is what Decode asks instead: label tokens at the last position.",
            rows);
    }

    private static IEnumerable<(int Rows, int Length)> Shapes(Subject subject)
    {
        var longest = Math.Min(128, subject.Hosted.Description.MaxPositions);
        return [(1, 8), (1, 32), (1, longest), (8, 32)];
    }

    private static async Task<IEnumerable<Row>> MeasureAsync(Bench bench, Subject subject, int rowCount, int length)
    {
        var batch = subject.Tokens(rowCount, length);
        RequireAgreement(subject, rowCount, length);
        var comparison = await Interleaved.CompareAsync(
            bench.Pace,
            bench.Cancellation,
            () => subject.RunStaged(batch, subject.FinalLayer, subject.FullReadout),
            () => subject.Monolithic.Run(batch),
            () => subject.RunStaged(batch, subject.FinalLayer, subject.LabelReadout));
        var name = $"{subject.Name}, {rowCount} x {length} tokens";
        var rows = new List<Row>
        {
            comparison.Ratio(0, 1).ToRow($"{name}: staged / monolithic", "x", subject.IsLarge ? Target.AtMost(MaxRatio) : null),
            comparison.Median(0).ToRow($"{name}: staged", "ms"),
            comparison.Median(1).ToRow($"{name}: monolithic", "ms"),
        };
        if (!subject.IsClassifier)
        {
            rows.Insert(1, comparison.Ratio(2, 1).ToRow($"{name}: staged with label readout / monolithic", "x"));
        }

        return rows;
    }

    /// <summary>Speed means something only between equal answers.</summary>
    private static void RequireAgreement(Subject subject, int rowCount, int length)
    {
        var batch = subject.Tokens(rowCount, length);
        var staged = subject.RunStaged(batch, subject.FinalLayer, subject.FullReadout).Values.Span;
        ReadOnlySpan<float> whole = subject.Monolithic.Run(batch);
        if (staged.Length != whole.Length)
        {
            throw new InvalidOperationException($"{subject.Name}: {staged.Length} staged logits, {whole.Length} monolithic ones.");
        }

        float largest = 1, difference = 0;
        for (var i = 0; i < staged.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(whole[i]));
            difference = Math.Max(difference, Math.Abs(whole[i] - staged[i]));
        }

        // tests/golden/README.md: 1e-4 * max(1, largest value).
        if (!(difference <= 1e-4f * largest))
        {
            throw new InvalidOperationException($"{subject.Name}: staged and monolithic logits differ by {difference}.");
        }
    }
}
