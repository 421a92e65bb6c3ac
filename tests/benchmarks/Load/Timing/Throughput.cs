using System.Diagnostics;

namespace Strata.Benchmarks.Load.Timing;

/// <summary>How fast a fixed number of texts is done by several workers.</summary>
internal static class Throughput
{
    /// <param name="texts">Texts in all, at least 1.</param>
    /// <param name="workers">Workers at once.</param>
    /// <param name="batch">Texts that a worker takes at a time.</param>
    /// <param name="work">Does the texts from an index on, so many of them; runs on the thread pool.</param>
    /// <returns>Texts a second, from the first one's start to the last one's end.</returns>
    public static async Task<double> MeasureAsync(int texts, int workers, int batch, Func<int, int, Task> work)
    {
        var next = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            for (int first; (first = Interlocked.Add(ref next, batch) - batch) < texts;)
            {
                await work(first, Math.Min(batch, texts - first));
            }
        })));
        return texts / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
