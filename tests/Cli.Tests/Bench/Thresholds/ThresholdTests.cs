using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Measure;
using Strata.Cli.Bench.Thresholds;

namespace Strata.Cli.Tests.Bench.Thresholds;

public sealed class ThresholdTests
{
    // 4 calls, one failed, in 2 s; each answer 100 + 300 bytes.
    private static readonly Measurement _run = Run();

    [Theory]
    [InlineData("errors>0", true)]
    [InlineData("errors>1", false)]
    [InlineData("errors>=1", true)]
    [InlineData("error-rate>24%", true)]
    [InlineData("error-rate>0.25", false)]
    [InlineData("error-rate>=25%", true)]
    [InlineData("calls<4", false)]
    [InlineData("rate<100", true)]
    [InlineData("rate<=1.5/s", true)]
    [InlineData("rate<1.5", false)]
    [InlineData("bytes>399", true)]
    [InlineData("bytes>400", false)]
    [InlineData("bytes.max>1KiB", false)]
    [InlineData("sent>=100B", true)]
    [InlineData("received<300", false)]
    [InlineData("p99>0us", true)]
    [InlineData("p99.9 > 0 us", true)]
    [InlineData("latency.mean<1000s", true)]
    [InlineData("max>1000s", false)]
    [InlineData("first-layer.p50>2ms", true)]
    [InlineData("gap.min>7ms", false)]
    [InlineData("gap.min>=7ms", true)]
    [InlineData("start-lag.max>1ms", false)]
    [InlineData("overruns>2", true)]
    [InlineData("failed.p50>=0us", true)]
    public void Check_AgainstARun_IsBreachedIfTheConditionHolds(string condition, bool breached) =>
        Assert.Equal(breached, Threshold.Parse(condition, CallKind.Explain, openLoop: true).Check(_run).Breached);

    [Fact]
    public void Check_Breach_SaysWhichAndByHowMuch() =>
        Assert.Equal(
            "gap.p50>2ms: measured 7 ms, 5 ms (250%) above 2 ms",
            Threshold.Parse("gap.p50>2ms", CallKind.Explain, openLoop: false).Check(_run).Sentence);

    [Theory]
    [InlineData("p99>20ms", true)]
    [InlineData("p99<20ms", true)]
    [InlineData("bytes>4096", true)]
    [InlineData("failed.p99>1s", false)]
    [InlineData("errors>0", false)]
    public void Check_NoCallAnswered_KeepsNoPercentile(string condition, bool breached) =>
        Assert.Equal(breached, Threshold.Parse(condition, CallKind.Decode, openLoop: false).Check(new Measurement(new CallRecorder(), TimeSpan.Zero, 0, false)).Breached);

    [Theory]
    [InlineData("")]
    [InlineData("p99")]
    [InlineData("p99>")]
    [InlineData(">20ms")]
    [InlineData("p99>20")]
    [InlineData("p99>20KiB")]
    [InlineData("p99=20ms")]
    [InlineData("p99>-1ms")]
    [InlineData("p100>20ms")]
    [InlineData("p0>20ms")]
    [InlineData("p99.9.9>20ms")]
    [InlineData("latency>20ms")]
    [InlineData("latency.median>20ms")]
    [InlineData("speed>20")]
    [InlineData("errors.p99>1")]
    [InlineData("errors>1ms")]
    [InlineData("bytes>1MB")]
    [InlineData("p99>20ms or errors>0")]
    public void Parse_Malformed_TeachesTheGrammar(string condition)
    {
        var refusal = Assert.Throws<UsageException>(() => Threshold.Parse(condition, CallKind.Explain, openLoop: true));
        Assert.Contains(Threshold.Grammar, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"\"{condition}\"", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first-layer.p50>2ms", "explain")]
    [InlineData("gap.p50>2ms", "explain")]
    [InlineData("start-lag.p50>2ms", "--rate")]
    [InlineData("overruns>0", "--rate")]
    public void Parse_MetricThatTheRunDoesNotHave_SaysWhoHasIt(string condition, string who) =>
        Assert.Contains(who, Assert.Throws<UsageException>(() => Threshold.Parse(condition, CallKind.Decode, openLoop: false)).Message, StringComparison.Ordinal);

    private static Measurement Run()
    {
        var calls = new CallRecorder();
        for (var index = 0; index < 3; index++)
        {
            calls.FirstLayer.Record(3_000_000);
            calls.Gap.Record(7_000_000);
            calls.StartLag.Record(1000);
            calls.Answered(new Arrival(index, Clock.Now - 1_000_000), 100, 300);
        }

        calls.Fail(new Arrival(3, Clock.Now), Outcome.NotAnswered, "");
        return new Measurement(calls, TimeSpan.FromSeconds(2), 3, false);
    }
}
