using System.Diagnostics;
using System.Diagnostics.Metrics;
using Strata.Backbone.Admission;
using Strata.Backbone.Contexts;
using Strata.ServiceDefaults.Telemetry;

namespace Strata.Backbone.Service.Telemetry;

/// <summary>What the Backbone measures; docs/telemetry.md has one row for each instrument. Costs next to nothing while nobody listens.</summary>
internal sealed class BackboneMeter
{
    public const string Name = "Strata.Backbone";

    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _firstLayer;
    private readonly Histogram<double> _run;
    private readonly Histogram<int> _rows;
    private readonly Counter<long> _layers;
    private readonly Counter<long> _swaps;

    public BackboneMeter(IMeterFactory meters, ComputePermits permits, ResidentContexts contexts)
    {
        var meter = meters.Create(Name);
        _queue = meter.CreateHistogram("strata.backbone.queue.duration", "s", "Time that a run waited for a permit", null, Buckets.Seconds);
        _firstLayer = meter.CreateHistogram("strata.backbone.first_layer.duration", "s", "Time from the start of a run to the answer of its first exit layer", null, Buckets.Seconds);
        _run = meter.CreateHistogram("strata.backbone.run.duration", "s", "Time from the start of a run to its last layer, waiting for the reader included", null, Buckets.Seconds);
        _rows = meter.CreateHistogram("strata.backbone.run.rows", "{row}", "Rows that one run computed together", null, Buckets.Counts);
        _layers = meter.CreateCounter<long>("strata.backbone.layers", "{layer}", "Exit layers streamed");
        _swaps = meter.CreateCounter<long>("strata.backbone.swaps", "{swap}", "Swaps that began to load a model");
        meter.CreateObservableUpDownCounter("strata.backbone.runs.admitted", () => permits.Admitted, "{run}", "Runs that compute or wait now");
        meter.CreateObservableUpDownCounter("strata.backbone.contexts.resident", () => contexts.Bytes, "By", "Memory of resident contexts, those being made included");
    }

    /// <summary>A run got its permit.</summary>
    public void Queued(string model, TimeSpan waited) => _queue.Record(waited.TotalSeconds, Model(model));

    /// <summary>A run has the answer of its first exit layer.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="started">Timestamp of the run's start.</param>
    /// <param name="rows">Rows of the run.</param>
    public void FirstLayer(string model, long started, int rows)
    {
        _firstLayer.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, Model(model));
        _rows.Record(rows, Model(model));
    }

    /// <summary>One exit layer was streamed.</summary>
    public void Layer(string model) => _layers.Add(1, Model(model));

    /// <summary>A run ended.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="started">Timestamp of the run's start.</param>
    /// <param name="completed">False if its caller left or it failed.</param>
    public void Ran(string model, long started, bool completed) =>
        _run.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, Model(model), Outcome(completed ? "completed" : "abandoned"));

    /// <summary>A swap ended, or gave up.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="swapped">False if the old model still serves.</param>
    public void Swapped(string model, bool swapped) => _swaps.Add(1, Model(model), Outcome(swapped ? "swapped" : "failed"));

    private static KeyValuePair<string, object?> Model(string name) => new("model", name);

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}
