using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Load;

/// <summary>Gives the workers their calls. Safe for concurrent use.</summary>
internal interface IArrivals
{
    /// <summary>When calls that still have not begun or ended are given up, on <see cref="Clock"/>.</summary>
    long GiveUpAtNs { get; }

    /// <summary>Part of the run that is over, 0..1.</summary>
    double Progress { get; }

    /// <summary>The next call as soon as it is due; null when there is none left.</summary>
    ValueTask<Arrival?> NextAsync(CancellationToken cancellation);

    /// <summary>A call that <see cref="NextAsync"/> gave has ended.</summary>
    void Ended();
}
