using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Load;

/// <summary>Makes the calls that arrive.</summary>
internal interface ILoad
{
    /// <summary>Writers, each of which needs a recorder of its own.</summary>
    int RecorderCount { get; }

    /// <summary>Makes all calls of <paramref name="arrivals"/>; a failed call is recorded, not thrown.</summary>
    Task RunAsync(IArrivals arrivals, IReadOnlyList<CallRecorder> recorders, RunEnd end);
}
