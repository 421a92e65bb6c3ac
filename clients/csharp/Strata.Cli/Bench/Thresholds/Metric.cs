using Strata.Cli.Bench.Load;
using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Bench.Thresholds;

/// <summary>A quantity that a threshold can name.</summary>
/// <param name="Name">Its name in a threshold.</param>
/// <param name="Unit">What its values are.</param>
/// <param name="Needs">Why a call or a loop does not have it; null if all have.</param>
/// <param name="Values">Its distribution; null if it is one number.</param>
/// <param name="Number">The number; null if it is a distribution.</param>
/// <param name="DefaultStatistic">Statistic of a threshold that names none; null: it has to.</param>
internal sealed record Metric(
    string Name,
    MetricUnit Unit,
    MetricNeeds Needs = MetricNeeds.Nothing,
    Func<CallRecorder, LogLinearHistogram>? Values = null,
    Func<Measurement, double>? Number = null,
    string? DefaultStatistic = null)
{
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("latency", MetricUnit.Time, Values: calls => calls.Latency),
        new("failed", MetricUnit.Time, Values: calls => calls.FailedLatency),
        new("first-layer", MetricUnit.Time, MetricNeeds.LayerStream, calls => calls.FirstLayer),
        new("gap", MetricUnit.Time, MetricNeeds.LayerStream, calls => calls.Gap),
        new("start-lag", MetricUnit.Time, MetricNeeds.OpenLoop, calls => calls.StartLag),
        new("bytes", MetricUnit.Bytes, Values: calls => calls.Bytes, DefaultStatistic: "mean"),
        new("sent", MetricUnit.Bytes, Values: calls => calls.Sent, DefaultStatistic: "mean"),
        new("received", MetricUnit.Bytes, Values: calls => calls.Received, DefaultStatistic: "mean"),
        new("calls", MetricUnit.Count, Number: run => run.Calls.Done),
        new("errors", MetricUnit.Count, Number: run => run.Calls.Failed),
        new("error-rate", MetricUnit.Part, Number: run => run.ErrorRate),
        new("rate", MetricUnit.PerSecond, Number: run => run.Rate),
        new("overruns", MetricUnit.Count, MetricNeeds.OpenLoop, Number: run => run.Overruns),
    ];

    /// <summary>Why a run does not have this metric; null if it has.</summary>
    public string? Missing(CallKind call, bool openLoop) => Needs switch
    {
        MetricNeeds.LayerStream when !call.StreamsLayers() => $"'{Name}' is of calls that stream layers (explain, layers); '{call.Name()}' has one answer.",
        MetricNeeds.OpenLoop when !openLoop => $"'{Name}' is of an open loop (--rate); a closed loop starts a call when it can.",
        _ => null,
    };
}

/// <summary>What has to be so that a run has a metric.</summary>
internal enum MetricNeeds
{
    /// <summary>Every run has it.</summary>
    Nothing,

    /// <summary>The call streams layers.</summary>
    LayerStream,

    /// <summary>Calls are due by a schedule.</summary>
    OpenLoop,
}
