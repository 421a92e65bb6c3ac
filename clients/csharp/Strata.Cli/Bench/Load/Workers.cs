using Strata.Cli.Bench.Measure;
using Strata.Client;

namespace Strata.Cli.Bench.Load;

/// <summary>One call at a time and worker.</summary>
/// <param name="call">Makes a call with the worker's number.</param>
/// <param name="count">How many workers.</param>
internal sealed class Workers(Func<int, CallSample, CancellationToken, Task> call, int count) : ILoad
{
    public int RecorderCount => count;

    public Task RunAsync(IArrivals arrivals, IReadOnlyList<CallRecorder> recorders, RunEnd end) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(worker => Task.Run(() => WorkAsync(worker, arrivals, recorders[worker], end))));

    private async Task WorkAsync(int worker, IArrivals arrivals, CallRecorder recorder, RunEnd end)
    {
        var sample = new CallSample(recorder);
        while (await arrivals.NextAsync(end.Interrupted).ConfigureAwait(false) is { } arrival)
        {
            if (Clock.Now >= arrivals.GiveUpAtNs)
            {
                recorder.Fail(arrival, Outcome.NotStarted, Outcome.NotStartedMessage);
                arrivals.Ended();
                continue;
            }

            sample.Begin(arrival);
            try
            {
                await call(worker, sample, end.Token).ConfigureAwait(false);
                recorder.Answered(arrival, sample.SentBytes, sample.ReceivedBytes);
            }
            catch (StrataException failure)
            {
                recorder.Fail(arrival, Outcome.Of(failure), failure.Message);
            }
            catch (OperationCanceledException) when (end.Token.IsCancellationRequested)
            {
                end.Abandon(recorder, arrival);
            }

            arrivals.Ended();
        }
    }
}
