namespace Strata.Cli.Bench.Load;

/// <summary>When the calls of an open loop are due: offsets from the start in ns, ascending, without end.</summary>
internal static class ArrivalSchedule
{
    /// <summary>Evenly spaced; the first at 0.</summary>
    /// <param name="rate">Calls per second, above 0.</param>
    public static IEnumerable<long> Constant(double rate)
    {
        // From the index, not summed: no drift over a long run.
        for (var index = 0L; ; index++)
        {
            yield return (long)(index / rate * TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        }
    }

    /// <summary>As from many independent callers: exponential gaps of mean 1/rate.</summary>
    /// <param name="rate">Calls per second, above 0.</param>
    /// <param name="random">Source of the gaps; seeded, so that two runs have the same arrivals.</param>
    public static IEnumerable<long> Poisson(double rate, Random random)
    {
        var seconds = 0.0;
        while (true)
        {
            seconds -= Math.Log(1 - random.NextDouble()) / rate;
            yield return (long)(seconds * TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
        }
    }
}
