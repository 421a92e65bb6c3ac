using System.Globalization;
using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Report;

/// <summary>A run for people.</summary>
internal sealed class ReportPrinter(TextWriter output, BenchReport report, BenchReport? earlier)
{
    private const string NoValue = "-";

    // With two spaces in front and six values of ten, 80 columns.
    private const int NameWidth = 18;

    public void Print(LogLinearHistogram latency)
    {
        var loop = report.Loop == "open"
            ? string.Create(CultureInfo.InvariantCulture, $"open loop, {report.TargetRatePerS:0.##}/s {report.Schedule}, at most {report.InFlightLimit} in flight")
            : $"closed loop, {report.InFlightLimit} in flight";
        output.WriteLine($"{report.Call} at {report.Address}: {loop}, {report.Connections} connection{(report.Connections == 1 ? "" : "s")}{(report.Interrupted ? "; ended early" : "")}");
        Line("calls", $"{report.Calls} in {Number(report.ElapsedS)} s");
        Line("answered", $"{report.Answered}, {Number(report.RatePerS)}/s{Ratio(report.RatePerS, earlier?.RatePerS)}");
        Line("errors", $"{report.Errors} ({Number(report.ErrorRate * 100)}%){Ratio(report.ErrorRate, earlier?.ErrorRate)}");
        if (report.Overruns is { } overruns)
        {
            Line("overruns", $"{overruns} calls were due while all {report.InFlightLimit} in flight were busy");
        }

        output.WriteLine();
        output.WriteLine($"  {"",-NameWidth}{"p50",10}{"p90",10}{"p95",10}{"p99",10}{"p99.9",10}{"max",10}");
        Row("latency, ms", report.LatencyMs, earlier?.LatencyMs);
        Row("failed, ms", report.FailedLatencyMs, earlier?.FailedLatencyMs);
        Row("first layer, ms", report.FirstLayerMs, earlier?.FirstLayerMs);
        Row("between layers, ms", report.GapMs, earlier?.GapMs);
        Row("start lag, ms", report.StartLagMs, earlier?.StartLagMs);
        Row("bytes a call", report.BytesPerCall, earlier?.BytesPerCall, Whole);
        Row("  sent", report.SentBytesPerCall, earlier?.SentBytesPerCall, Whole);
        Row("  received", report.ReceivedBytesPerCall, earlier?.ReceivedBytesPerCall, Whole);
        Block("latency", LatencyDrawing.Of(latency));
        Block("outcomes", report.Outcomes.Select(outcome => $"  {outcome.Count,9} {outcome.Status} {outcome.Reason} {outcome.FirstMessage}".TrimEnd()));
        Block("thresholds", report.Thresholds.Select(check => $"  {(check.Breached ? "BREACHED" : "kept    ")} {check.Sentence}"));
        if (earlier is not null)
        {
            output.WriteLine($"{Environment.NewLine}x: this run / the one of {earlier.StartedAt.ToString("u", CultureInfo.InvariantCulture)}");
        }
    }

    private void Row(string name, Distribution? values, Distribution? before, Func<double, string>? format = null)
    {
        if (values is null)
        {
            return;
        }

        Cells(name, At(values), format ?? Number);
        if (before is not null)
        {
            Cells("  x earlier", At(values).Zip(At(before), (now, then) => now / then), Times);
        }
    }

    private void Cells(string name, IEnumerable<double> values, Func<double, string> format) =>
        output.WriteLine($"  {name,-NameWidth}{string.Concat(values.Select(value => $"{format(value),10}"))}");

    private void Block(string name, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return;
        }

        output.WriteLine($"{Environment.NewLine}{name}");
        all.ForEach(output.WriteLine);
    }

    private void Line(string name, string text) => output.WriteLine($"  {name,-10}{text}");

    private static double[] At(Distribution values) => [values.P50, values.P90, values.P95, values.P99, values.P999, values.Max];

    private static string Ratio(double now, double? then) => then is { } before ? $" ({Times(now / before)} earlier)" : "";

    private static string Times(double ratio) => double.IsFinite(ratio) ? string.Create(CultureInfo.InvariantCulture, $"x{ratio:0.00}") : NoValue;

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(value switch { >= 1000 => "0", >= 10 => "0.0", _ => "0.000" }, CultureInfo.InvariantCulture);
}
