using System.Text.Json.Nodes;
using Strata.Conformance.Tests.Clients;

namespace Strata.Deploy.Tests.Load;

/// <summary>check_report.py on reports as ghz v0.121 writes them: what passes, what each rule breaks, what allows no verdict.</summary>
public sealed class CheckReportTests : IDisposable
{
    private const int Met = 0;
    private const int Broken = 1;
    private const int NoVerdict = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("strata-reports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Report_AllThresholdsMet_PassesAndSaysEach()
    {
        var output = await CheckAsync(Met, Report());
        Assert.Equal(["ok     load: max_error_share 0: 0", "ok     load: max_p50_ms 20: 10", "ok     load: max_p99.9_ms 60: 50", "ok     load: min_rps 100: 250"], output.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Report_OneCallFailed_BreaksTheErrorShare()
    {
        var report = Report();
        report["statusCodeDistribution"] = new JsonObject { ["OK"] = 999, ["Unavailable"] = 1 };
        Assert.Contains("BROKEN load: max_error_share 0: 0.001", await CheckAsync(Broken, report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_SlowMedian_BreaksThePercentileThatGhzLists()
    {
        var report = Report();
        report["latencyDistribution"]![0]!["latency"] = 20_000_001;
        Assert.Contains("BROKEN load: max_p50_ms", await CheckAsync(Broken, report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_SlowTail_BreaksThePercentileFromTheDetails()
    {
        var report = Report();
        report["details"]![998]!["latency"] = 61_000_000; // rank 999 of 1,000 is p99.9
        Assert.Contains("BROKEN load: max_p99.9_ms 60: 61", await CheckAsync(Broken, report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_TooFewCallsASecond_BreaksTheRate()
    {
        var report = Report();
        report["rps"] = 99.5;
        Assert.Contains("BROKEN load: min_rps 100: 99.5", await CheckAsync(Broken, report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Canceled", Met)]
    [InlineData("Internal", Broken)]
    public async Task Report_AllowedStatuses_AreNoErrors(string status, int expected)
    {
        var report = Report();
        report["name"] = "leave";
        report["statusCodeDistribution"] = new JsonObject { ["OK"] = 1, [status] = 999 };
        await CheckAsync(expected, report);
    }

    [Theory]
    [InlineData("normal", Met)]
    [InlineData("timeout", Met)] // what a run with a duration ends with
    [InlineData("cancel", NoVerdict)]
    public async Task Report_EndReason_DecidesWhetherItIsWhole(string reason, int expected)
    {
        var report = Report();
        report["endReason"] = reason;
        await CheckAsync(expected, report);
    }

    [Fact]
    public async Task Report_EveryCallFailed_BreaksOrAllowsNoVerdictButNeverPasses()
    {
        var report = Report();
        report["statusCodeDistribution"] = new JsonObject { ["Unavailable"] = 1000 };
        report["latencyDistribution"] = null; // as ghz writes it without count-errors
        report["details"] = new JsonArray();
        Assert.Contains("did every call fail?", await CheckAsync(NoVerdict, report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_NoCalls_AllowsNoVerdict()
    {
        var report = Report();
        report["count"] = 0;
        Assert.Contains("counts no call; is the total larger than skipFirst?", await CheckAsync(NoVerdict, report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("{\"name\": \"load\", \"cou", "is not JSON")]
    [InlineData("[1]", "holds no JSON object")]
    [InlineData("{\"name\": \"other\"}", "has the name \"other\", which has no thresholds; there are load, leave, misspelt.")]
    [InlineData("{\"name\": \"load\", \"count\": \"many\"}", "is not a ghz report")]
    [InlineData("{\"name\": \"load\", \"count\": 1, \"statusCodeDistribution\": {\"OK\": 1}, \"latencyDistribution\": [{}]}", "is not a ghz report")]
    [InlineData("{\"name\": \"misspelt\", \"count\": 1}", "no such threshold; there are")]
    public async Task Report_Malformed_AllowsNoVerdictAndSaysWhy(string text, string mention) =>
        Assert.Contains(mention, await CheckTextAsync(NoVerdict, text), StringComparison.Ordinal);

    [Fact]
    public async Task Report_Missing_AllowsNoVerdictAndSaysWhoWritesIt()
    {
        var (exitCode, output) = await RunAsync(Path.Combine(_folder, "missing.json"));
        Assert.Equal(NoVerdict, exitCode);
        Assert.Contains("Did ghz write it", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_OneOfTwoBroken_BreaksAll()
    {
        var broken = Report();
        broken["rps"] = 1;
        var (exitCode, _) = await RunAsync(Write("a.json", broken.ToJsonString()), Write("b.json", Report().ToJsonString()));
        Assert.Equal(Broken, exitCode);
    }

    /// <summary>1,000 calls: 998 of 10 ms, one of 50 ms and one of 70 ms, in ghz's own fields.</summary>
    private static JsonObject Report() => new()
    {
        ["date"] = "2026-05-01T12:00:00Z",
        ["name"] = "load",
        ["endReason"] = "normal",
        ["options"] = new JsonObject { ["call"] = "strata.decoding.v1.DecodingService.Decode", ["insecure"] = true, ["binary"] = false, ["CPUs"] = 2 },
        ["count"] = 1000,
        ["total"] = 4_000_000_000,
        ["average"] = 10_100_000,
        ["fastest"] = 10_000_000,
        ["slowest"] = 70_000_000,
        ["rps"] = 250.0,
        ["errorDistribution"] = new JsonObject(),
        ["statusCodeDistribution"] = new JsonObject { ["OK"] = 1000 },
        ["latencyDistribution"] = new JsonArray(new JsonObject { ["percentage"] = 50, ["latency"] = 10_000_000 }, new JsonObject { ["percentage"] = 99, ["latency"] = 10_000_000 }),
        ["histogram"] = new JsonArray(new JsonObject { ["mark"] = 0.07, ["count"] = 1000, ["frequency"] = 1 }),
        ["details"] = new JsonArray([.. Enumerable.Range(0, 1000).Select(i => new JsonObject
        {
            ["timestamp"] = "2026-05-01T12:00:00Z", ["latency"] = i == 999 ? 70_000_000 : i == 998 ? 50_000_000 : 10_000_000, ["error"] = "", ["status"] = "OK",
        })]),
    };

    private Task<string> CheckAsync(int expected, JsonObject report) => CheckTextAsync(expected, report.ToJsonString());

    private async Task<string> CheckTextAsync(int expected, string report)
    {
        var (exitCode, output) = await RunAsync(Write("report.json", report));
        Assert.True(exitCode == expected, output);
        Assert.DoesNotContain("Traceback", output, StringComparison.Ordinal);
        return output;
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] reports)
    {
        var (found, _) = await ProgramRun.RunAsync("sh", "-c", "command -v python3");
        Assert.SkipUnless(found == 0, "Python is not installed.");
        var thresholds = Write("thresholds.json", """
            {
              "load": {"max_error_share": 0, "max_p50_ms": 20, "max_p99.9_ms": 60, "min_rps": 100},
              "leave": {"allowed_statuses": ["OK", "Canceled"]},
              "misspelt": {"max_p99": 1}
            }
            """);
        return await ProgramRun.RunAsync("python3", [Path.Combine(GhzConfig.Folder, "check_report.py"), "--thresholds", thresholds, .. reports]);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
