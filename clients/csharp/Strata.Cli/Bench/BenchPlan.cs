using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Report;
using Strata.Cli.Bench.Thresholds;

namespace Strata.Cli.Bench;

/// <summary>What a run is to do, every default filled in and checked.</summary>
internal sealed record BenchPlan
{
    public required CallKind Call { get; init; }

    /// <summary>Of the service that is called: Backbone for layers, else Decoding.</summary>
    public required string Address { get; init; }

    /// <summary>Decoding's backbone or Backbone's model; empty: the server's default.</summary>
    public required string Backbone { get; init; }

    /// <summary>Context that every text continues; empty: none.</summary>
    public required string ContextId { get; init; }

    /// <summary>What <c>layers</c> reads out, a name of <see cref="Readouts"/>.</summary>
    public required string Readout { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>Closed loop: calls at a time. Open loop: most calls at a time.</summary>
    public required int InFlight { get; init; }

    public required int Connections { get; init; }

    /// <summary>Calls of a closed loop; null: as many as the duration allows.</summary>
    public required long? Requests { get; init; }

    /// <summary>Time in which calls start; null: until all requests are made.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>Calls per second of an open loop; null: a closed loop.</summary>
    public required double? Rate { get; init; }

    /// <summary>Open loop: constant or poisson.</summary>
    public required string Schedule { get; init; }

    /// <summary>Seed of the poisson schedule.</summary>
    public required int Seed { get; init; }

    /// <summary>Calls made before, and not measured.</summary>
    public required long WarmupCalls { get; init; }

    /// <summary>Time that a call may take, and that calls due may take after the run.</summary>
    public required TimeSpan Timeout { get; init; }

    public required IReadOnlyList<Threshold> Thresholds { get; init; }

    /// <summary>An earlier run; null: none.</summary>
    public required BenchReport? Earlier { get; init; }

    public bool OpenLoop => Rate is not null;
}
