namespace Strata.Cli.Bench.Measure;

/// <summary>All that a run measured.</summary>
/// <param name="Calls">The recorders of all workers, added up.</param>
/// <param name="Elapsed">From the first call's start to the last one's end.</param>
/// <param name="Overruns">Open loop: calls that found the bound of calls in flight reached. 0 in a closed loop.</param>
/// <param name="Interrupted">Whether the user ended the run.</param>
internal sealed record Measurement(CallRecorder Calls, TimeSpan Elapsed, long Overruns, bool Interrupted)
{
    /// <summary>Answered calls per second.</summary>
    public double Rate => Calls.Latency.Count / Math.Max(Elapsed.TotalSeconds, 1e-9);

    /// <summary>Failed calls / calls, 0..1; 0 of none.</summary>
    public double ErrorRate => Calls.Done == 0 ? 0 : (double)Calls.Failed / Calls.Done;
}
