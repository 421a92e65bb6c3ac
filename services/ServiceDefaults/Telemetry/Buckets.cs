using System.Diagnostics.Metrics;

namespace Strata.ServiceDefaults.Telemetry;

/// <summary>Bounds of the histograms; without them a collector gets bounds made for milliseconds, which put every duration into one bucket.</summary>
public static class Buckets
{
    /// <summary>Durations from a tiny model's layer to a large batch. Unit: seconds.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>Sizes of batches: powers of two up to the largest call.</summary>
    public static InstrumentAdvice<int> Counts { get; } = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] };
}
