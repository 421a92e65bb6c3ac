using System.Text;
using Strata.Cli.Bench.Measure;
using Strata.Cli.Bench.Thresholds;

namespace Strata.Cli.Bench.Report;

/// <summary>A histogram for the terminal: ten rows whose bounds grow by one factor, since latencies spread over orders of magnitude.</summary>
internal static class LatencyDrawing
{
    private const int Rows = 10;
    private const int BarWidth = 40;

    /// <summary>The lines; none of no values.</summary>
    /// <param name="latency">Latencies, ns.</param>
    public static IEnumerable<string> Of(LogLinearHistogram latency)
    {
        if (latency.Count == 0)
        {
            yield break;
        }

        var (low, high) = (Math.Max(1.0, latency.Min), Math.Max(latency.Min + 1.0, latency.Max));
        var factor = Math.Pow(high / low, 1.0 / Rows);
        var counts = new long[Rows];
        foreach (var (value, count) in latency.Buckets())
        {
            counts[Math.Clamp((int)(Math.Log(Math.Max(value, low) / low) / Math.Log(factor)), 0, Rows - 1)] += count;
        }

        var most = counts.Max();
        for (var row = 0; row < Rows; row++)
        {
            var bound = MetricUnit.Time.Format(low * Math.Pow(factor, row + 1));
            var bar = new string('█', (int)(counts[row] * BarWidth / most)) + (counts[row] > 0 && counts[row] * BarWidth < most ? "▏" : "");
            yield return new StringBuilder().Append($"  <= {bound,-11} {counts[row],9} {bar}").ToString().TrimEnd();
        }
    }
}
