using System.Text.Json.Serialization;
using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Report;

/// <summary>A metric's distribution; the field that holds it names the unit.</summary>
internal sealed record Distribution(
    long Count,
    double Min,
    double Mean,
    double P50,
    double P90,
    double P95,
    double P99,
    [property: JsonPropertyName("p99_9")] double P999,
    double Max)
{
    /// <summary>Null of no values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="unit">Length of the report's unit in the values' unit, such as 1e6 for ms of ns.</param>
    public static Distribution? Of(LogLinearHistogram values, double unit = 1) => values.Count == 0
        ? null
        : new(
            values.Count,
            values.Min / unit,
            Round(values.Mean / unit),
            values.Percentile(50) / unit,
            values.Percentile(90) / unit,
            values.Percentile(95) / unit,
            values.Percentile(99) / unit,
            values.Percentile(99.9) / unit,
            values.Max / unit);

    private static double Round(double value) => Math.Round(value, 6);
}
