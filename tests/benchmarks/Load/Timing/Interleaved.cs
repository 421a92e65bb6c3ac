using System.Diagnostics;

namespace Strata.Benchmarks.Load.Timing;

/// <summary>Measures ways side by side, A B A B ..., so that what disturbs the machine disturbs all of them alike.</summary>
internal static class Interleaved
{
    private const int MinSamples = 3;

    // Shorter, and code that the JIT has not optimised yet is measured.
    private const double MinWarmUpSeconds = 1;

    /// <summary>Warms up, then measures round after round; every second turn goes through the ways backwards.</summary>
    public static async Task<Comparison> CompareAsync(Pace pace, CancellationToken cancellation, params Func<Task>[] ways)
    {
        await RoundAsync(Math.Max(pace.Seconds, MinWarmUpSeconds), ways, cancellation);
        var rounds = new double[pace.Rounds][][];
        for (var round = 0; round < rounds.Length; round++)
        {
            rounds[round] = await RoundAsync(pace.Seconds, ways, cancellation);
        }

        return new Comparison(rounds);
    }

    /// <summary>The same for ways that do not wait.</summary>
    public static Task<Comparison> CompareAsync(Pace pace, CancellationToken cancellation, params Action[] ways) =>
        CompareAsync(pace, cancellation, [.. ways.Select<Action, Func<Task>>(way => () =>
        {
            way();
            return Task.CompletedTask;
        })]);

    private static async Task<double[][]> RoundAsync(double seconds, Func<Task>[] ways, CancellationToken cancellation)
    {
        var samples = ways.Select(_ => new List<double>()).ToArray();
        var began = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < MinSamples || Stopwatch.GetElapsedTime(began).TotalSeconds < seconds; turn++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < ways.Length; i++)
            {
                var way = turn % 2 == 0 ? i : ways.Length - 1 - i;
                var started = Stopwatch.GetTimestamp();
                await ways[way]();
                samples[way].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return [.. samples.Select(way => way.ToArray())];
    }
}
