using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Load;

/// <summary>What ends calls in flight: the user, or the end of the time that they may take after the run.</summary>
internal sealed class RunEnd : IDisposable
{
    private readonly CancellationTokenSource _end;

    /// <param name="giveUpAtNs">When calls in flight are ended, on <see cref="Clock"/>; <see cref="long.MaxValue"/>: never.</param>
    /// <param name="interrupted">Cancelled by Ctrl-C.</param>
    public RunEnd(long giveUpAtNs, CancellationToken interrupted)
    {
        Interrupted = interrupted;
        _end = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        if (giveUpAtNs != long.MaxValue)
        {
            _end.CancelAfter(TimeSpan.FromTicks(Math.Max(0, giveUpAtNs - Clock.Now) / TimeSpan.NanosecondsPerTick));
        }
    }

    public CancellationToken Interrupted { get; }

    public CancellationToken Token => _end.Token;

    /// <summary>A call in flight was ended. After Ctrl-C it says nothing about the server; otherwise it is a call that was not answered.</summary>
    public void Abandon(CallRecorder recorder, Arrival arrival)
    {
        if (!Interrupted.IsCancellationRequested)
        {
            recorder.Fail(arrival, Outcome.NotAnswered, "No answer within --timeout, or before the run ended.");
        }
    }

    public void Dispose() => _end.Dispose();
}
