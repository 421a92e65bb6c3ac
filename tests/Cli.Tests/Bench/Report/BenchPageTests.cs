using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Measure;
using Strata.Cli.Bench.Report;
using Strata.Cli.Bench.Thresholds;
using Strata.Services.Tests;

namespace Strata.Cli.Tests.Bench.Report;

/// <summary>docs/bench.md against the program: no field, metric or exit code is missing there, and none is made up.</summary>
public sealed partial class BenchPageTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "bench.md"));

    [Fact]
    public void Page_FieldsOfTheReport_AreTheReports() =>
        Assert.Equal(Fields(JsonDocument.Parse(FullReport().ToJson()).RootElement).Order(), Rows("The JSON report").Order());

    [Fact]
    public void Page_MetricsOfThresholds_AreTheProgramsOwn() => Assert.Equal(Metric.All.Select(metric => metric.Name).Order(), Rows("Thresholds").Order());

    [Fact]
    public void Grammar_EveryMetric_IsInIt() => Assert.All(Metric.All, metric => Assert.Matches($@"\b{metric.Name}\b", Threshold.Grammar));

    [Fact]
    public void Page_ExitCodes_AreTheProgramsOwn() => Assert.Equal(
        new[] { ExitCodes.Success, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Unreachable, ExitCodes.ThresholdExceeded, ExitCodes.Interrupted, ExitCodes.ReaderLeft }.Select(code => $"{code}").Order(),
        Rows("Exit codes").Order());

    // A distribution is described once, as "*.p50".
    private static IEnumerable<string> Fields(JsonElement report) => report.EnumerateObject().SelectMany(field => field.Value.ValueKind switch
    {
        JsonValueKind.Object => field.Value.EnumerateObject().Select(inner => $"*.{inner.Name}").Append(field.Name),
        JsonValueKind.Array => field.Value[0].EnumerateObject().Select(inner => $"{field.Name}[].{inner.Name}"),
        _ => [field.Name],
    }).Distinct();

    private static IEnumerable<string> Rows(string section)
    {
        var start = _page.IndexOf($"## {section}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/bench.md has no section '{section}'.");
        var end = _page.IndexOf("\n## ", start, StringComparison.Ordinal);
        return Row().Matches(_page[start..(end < 0 ? _page.Length : end)])
            .SelectMany(row => row.Groups["cell"].Value.Split(", ").Select(name => name.Trim('`')));
    }

    private static BenchReport FullReport()
    {
        var calls = new CallRecorder();
        calls.Started(default);
        calls.FirstLayer.Record(1);
        calls.Gap.Record(1);
        calls.Answered(default, 1, 1);
        calls.Fail(default, Outcome.NotAnswered, "");
        var plan = BenchPlans.Closed(CallKind.Explain) with
        {
            Duration = TimeSpan.FromSeconds(1),
            Rate = 1,
            Thresholds = [Threshold.Parse("errors>0", CallKind.Explain, openLoop: true)],
        };
        return BenchReport.Of(plan, DateTimeOffset.UnixEpoch, new Measurement(calls, TimeSpan.FromSeconds(1), 0, false));
    }

    [GeneratedRegex(@"^\| (?<cell>`[^|]+`) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
