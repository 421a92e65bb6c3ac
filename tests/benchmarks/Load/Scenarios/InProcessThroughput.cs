using Strata.Benchmarks.Load.Subjects;
using Strata.Benchmarks.Load.Timing;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>The most texts a second that this process does without gRPC: the best of several batch sizes and threads.</summary>
/// <param name="Batch">Texts of one run.</param>
/// <param name="Threads">Runs at once.</param>
/// <param name="TextsPerSecond">What they did.</param>
internal sealed record InProcessThroughput(int Batch, int Threads, double TextsPerSecond)
{
    private static readonly int[] _batches = [1, 2, 4, 8, 16, 32, 64];
    private static readonly int[] _threads = [1, 2];

    /// <summary>Tries every batch size and thread count.</summary>
    public static async Task<IReadOnlyList<InProcessThroughput>> SweepAsync(Bench bench, Subject subject)
    {
        var warmUp = await MeasureAsync(subject, 4, 1, 8);
        var found = new List<InProcessThroughput>();
        foreach (var batch in _batches)
        {
            foreach (var threads in _threads)
            {
                bench.Cancellation.ThrowIfCancellationRequested();
                // Each worker gets several batches, or the last one alone would decide.
                var rate = Math.Max(warmUp, found.Select(known => known.TextsPerSecond).DefaultIfEmpty(0).Max());
                var texts = Math.Max((int)(rate * bench.Pace.Seconds), 2 * batch * threads);
                found.Add(new(batch, threads, await MeasureAsync(subject, batch, threads, texts)));
            }
        }

        return found;
    }

    /// <summary>Measures this one again.</summary>
    public Task<double> AgainAsync(Subject subject, int texts) => MeasureAsync(subject, Batch, Threads, texts);

    // What the pair does for a text: tokenize, run, read out every layer.
    private static Task<double> MeasureAsync(Subject subject, int batch, int threads, int texts)
    {
        var (layers, readout) = (subject.AllLayers, subject.LabelReadout);
        return Throughput.MeasureAsync(texts, threads, batch, (first, count) =>
        {
            subject.RunStaged(subject.Tokenize(first, count), layers, readout);
            return Task.CompletedTask;
        });
    }
}
