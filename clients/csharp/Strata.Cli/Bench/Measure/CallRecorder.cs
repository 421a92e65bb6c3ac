using System.Runtime.InteropServices;

namespace Strata.Cli.Bench.Measure;

/// <summary>What one worker measured. A single writer, so that recording takes no lock; recorders are added up when the run is over.</summary>
internal sealed class CallRecorder
{
    /// <summary>Distinct outcomes that are told apart; a server that invents reasons cannot grow the memory of this tool.</summary>
    public const int MaxOutcomes = 64;

    private readonly Dictionary<Outcome, OutcomeTally> _outcomes = [];
    private long _done;
    private long _failed;

    /// <summary>Intended start to answer of the calls that were answered. Unit: ns.</summary>
    public LogLinearHistogram Latency { get; } = new();

    /// <summary>Intended start to failure of the others. Unit: ns.</summary>
    public LogLinearHistogram FailedLatency { get; } = new();

    /// <summary>Intended start to the first layer of a stream. Unit: ns.</summary>
    public LogLinearHistogram FirstLayer { get; } = new();

    /// <summary>Between two layers of a stream. Unit: ns.</summary>
    public LogLinearHistogram Gap { get; } = new();

    /// <summary>Intended to actual start. Unit: ns.</summary>
    public LogLinearHistogram StartLag { get; } = new();

    /// <summary>Message bytes of an answered call, 5 bytes of framing for each message. Unit: bytes.</summary>
    public LogLinearHistogram Sent { get; } = new();

    /// <inheritdoc cref="Sent"/>
    public LogLinearHistogram Received { get; } = new();

    /// <summary>Both directions. Unit: bytes.</summary>
    public LogLinearHistogram Bytes { get; } = new();

    /// <summary>How often a call ended how, and what the first such call said.</summary>
    public IReadOnlyDictionary<Outcome, OutcomeTally> Outcomes => _outcomes;

    /// <summary>Calls that ended. May be read while the run goes on.</summary>
    public long Done => Volatile.Read(ref _done);

    /// <summary>Those of <see cref="Done"/> that failed. May be read while the run goes on.</summary>
    public long Failed => Volatile.Read(ref _failed);

    public void Started(Arrival arrival) => StartLag.Record(Clock.Now - arrival.IntendedNs);

    public void Answered(Arrival arrival, long sentBytes, long receivedBytes)
    {
        Latency.Record(Clock.Now - arrival.IntendedNs);
        Sent.Record(sentBytes);
        Received.Record(receivedBytes);
        Bytes.Record(sentBytes + receivedBytes);
        Count(Outcome.Answered, new OutcomeTally(1, ""));
        Volatile.Write(ref _done, _done + 1);
    }

    public void Fail(Arrival arrival, Outcome outcome, string message)
    {
        FailedLatency.Record(Clock.Now - arrival.IntendedNs);
        Count(outcome, new OutcomeTally(1, message));
        Volatile.Write(ref _failed, _failed + 1);
        Volatile.Write(ref _done, _done + 1);
    }

    /// <summary>Adds what another worker measured.</summary>
    public void Add(CallRecorder other)
    {
        Latency.Add(other.Latency);
        FailedLatency.Add(other.FailedLatency);
        FirstLayer.Add(other.FirstLayer);
        Gap.Add(other.Gap);
        StartLag.Add(other.StartLag);
        Sent.Add(other.Sent);
        Received.Add(other.Received);
        Bytes.Add(other.Bytes);
        foreach (var (outcome, tally) in other._outcomes)
        {
            Count(outcome, tally);
        }

        _done += other.Done;
        _failed += other.Failed;
    }

    private void Count(Outcome outcome, OutcomeTally more)
    {
        if (_outcomes.Count >= MaxOutcomes && !_outcomes.ContainsKey(outcome))
        {
            outcome = new Outcome("OTHER");
        }

        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_outcomes, outcome, out var known);
        tally = new OutcomeTally(tally.Count + more.Count, known ? tally.FirstMessage : more.FirstMessage);
    }
}
