namespace Strata.Benchmarks.Load.Timing;

/// <summary>Times of several ways to do the same work, measured in turns.</summary>
/// <param name="rounds">[round][way][sample] milliseconds.</param>
internal sealed class Comparison(double[][][] rounds)
{
    /// <summary>Median of a way's round medians. Unit: ms.</summary>
    public Spread Median(int way) => Spread.Of(rounds.Select(round => MedianOf(round[way])));

    /// <summary>Median over the rounds of median(a) / median(b).</summary>
    public Spread Ratio(int a, int b) => Spread.Of(rounds.Select(round => MedianOf(round[a]) / MedianOf(round[b])));

    /// <summary>Median over the rounds of median(a) - median(b). Unit: ms.</summary>
    public Spread Difference(int a, int b) => Spread.Of(rounds.Select(round => MedianOf(round[a]) - MedianOf(round[b])));

    /// <summary>Quantile of all samples of a way. Unit: ms.</summary>
    public double Quantile(int way, double quantile)
    {
        double[] sorted = [.. rounds.SelectMany(round => round[way]).Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, Math.Floor(quantile * sorted.Length))];
    }

    private static double MedianOf(double[] samples) => Spread.Of(samples).Median;
}
