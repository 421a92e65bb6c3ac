using Strata.Cli.Bench;
using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Measure;
using Strata.Cli.Output;
using Strata.Client;

namespace Strata.Cli.Tests.Bench;

/// <summary>A server stalls once: the open loop shows it in the times of all calls that were due meanwhile, the closed loop in one.</summary>
public sealed class CoordinatedOmissionTests
{
    private static readonly TimeSpan _stall = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData(nameof(CallKind.Decode))]
    [InlineData(nameof(CallKind.DecodeStream))]
    public async Task OpenLoop_ServerStallsOnce_CallsDueMeanwhileCarryTheStall(string call)
    {
        // 100 calls, 5 ms apart, one at a time; the first is answered after 300 ms. The 40 that were due in the first 200 ms waited at least 100 ms.
        await using var server = await StalledDecoding.StartAsync(answered: 0, _stall);
        var run = await RunAsync(server, BenchPlans.Closed(Enum.Parse<CallKind>(call)) with { Rate = 200, Duration = TimeSpan.FromMilliseconds(500) });
        Assert.Equal((100, 0), (run.Calls.Latency.Count, run.Calls.Failed));
        Assert.True(run.Calls.Latency.Percentile(61) >= 100e6 * (1 - LogLinearHistogram.RelativeError), $"{run.Calls.Latency.Percentile(61)} ns");
        Assert.True(run.Calls.Latency.Max >= 290e6, $"{run.Calls.Latency.Max} ns");
        Assert.True(run.Overruns >= 40, $"{run.Overruns}");
    }

    [Fact]
    public async Task ClosedLoop_ServerStallsOnce_HidesItFromThePercentiles()
    {
        await using var server = await StalledDecoding.StartAsync(answered: 0, _stall);
        var run = await RunAsync(server, BenchPlans.Closed(CallKind.Decode) with { Requests = 100 });
        Assert.Equal(100, run.Calls.Latency.Count);
        Assert.True(run.Calls.Latency.Max >= 290e6, $"{run.Calls.Latency.Max} ns");
        Assert.True(run.Calls.Latency.Percentile(61) < 100e6, $"{run.Calls.Latency.Percentile(61)} ns: where the open loop shows the stall, this one does not");
    }

    [Theory]
    [InlineData(nameof(CallKind.Decode))]
    [InlineData(nameof(CallKind.DecodeStream))]
    public async Task OpenLoop_ServerNeverAnswers_EveryCallThatWasDueIsAFailure(string call)
    {
        // 20 calls due in 400 ms, one at a time, which may take 200 ms and then as long after the run.
        await using var server = await StalledDecoding.StartAsync(answered: 0, TimeSpan.FromHours(1));
        var run = await RunAsync(
            server, BenchPlans.Closed(Enum.Parse<CallKind>(call)) with { Rate = 50, Duration = TimeSpan.FromMilliseconds(400), Timeout = TimeSpan.FromMilliseconds(200) });
        Assert.Equal((20, 20, 0), (run.Calls.Done, run.Calls.Failed, run.Calls.Latency.Count));
        Assert.True(run.Calls.Outcomes[Outcome.NotStarted].Count >= 15, string.Join(", ", run.Calls.Outcomes));
        Assert.Equal(20, run.Calls.FailedLatency.Count);
    }

    [Theory]
    [InlineData(nameof(CallKind.Decode), "DEADLINE_EXCEEDED")]
    [InlineData(nameof(CallKind.DecodeStream), "NOT_ANSWERED")]
    public async Task ClosedLoop_ServerNeverAnswers_EndsAndCountsTheFailures(string call, string status)
    {
        await using var server = await StalledDecoding.StartAsync(answered: 2, TimeSpan.FromHours(1));
        var run = await RunAsync(server, BenchPlans.Closed(Enum.Parse<CallKind>(call)) with { Requests = 4, Timeout = TimeSpan.FromMilliseconds(200) });
        Assert.Equal((4, 2), (run.Calls.Done, run.Calls.Failed));
        Assert.Equal(2, run.Calls.Outcomes[new Outcome(status)].Count);
    }

    private static async Task<Measurement> RunAsync(StalledDecoding server, BenchPlan plan)
    {
        using var client = StrataClient.Connect(server.Address, new ConnectOptions { Retry = false });
        return await BenchRun.RunAsync(plan, [client], [], Terminal.Open(json: false).Notes, TestContext.Current.CancellationToken);
    }
}
