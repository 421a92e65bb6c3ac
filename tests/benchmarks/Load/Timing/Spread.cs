using Strata.Benchmarks.Load.Report;

namespace Strata.Benchmarks.Load.Timing;

/// <summary>A median with the range it comes from.</summary>
internal readonly record struct Spread(double Median, double Low, double High)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return new Spread(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    public Row ToRow(string metric, string unit, Target? target = null) => new(metric, Median, unit, target) { Low = Low, High = High };
}
