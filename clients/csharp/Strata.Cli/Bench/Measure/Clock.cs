using System.Diagnostics;

namespace Strata.Cli.Bench.Measure;

/// <summary>Monotonic time of this process. Unit: nanoseconds, in steps of 100.</summary>
internal static class Clock
{
    private static readonly long _origin = Stopwatch.GetTimestamp();

    public static long Now => Nanoseconds(Stopwatch.GetElapsedTime(_origin));

    public static long Nanoseconds(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;
}
