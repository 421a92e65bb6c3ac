using System.Diagnostics;
using System.Diagnostics.Metrics;
using Strata.Contracts.Decoding.V1;
using Strata.Decoding.Service.Contexts;
using Strata.ServiceDefaults.Telemetry;

namespace Strata.Decoding.Service.Telemetry;

/// <summary>What Decoding measures; docs/telemetry.md has one row for each instrument. Costs next to nothing while nobody listens.</summary>
internal sealed class DecodingMeter
{
    public const string Name = "Strata.Decoding";

    private readonly Counter<long> _decodes;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstLayer;
    private readonly Histogram<int> _texts;
    private readonly Counter<long> _contextUses;

    public DecodingMeter(IMeterFactory meters, ContextStore store)
    {
        var meter = meters.Create(Name);
        _decodes = meter.CreateCounter<long>("strata.decoding.decodes", "{text}", "Texts decided; flipped says whether the contrast changed the expert's answer");
        _duration = meter.CreateHistogram("strata.decoding.decode.duration", "s", "Time of one call to the Backbone with all its decisions", null, Buckets.Seconds);
        _firstLayer = meter.CreateHistogram("strata.decoding.first_layer.duration", "s", "Time from the call to the Backbone to its first layer's arrival", null, Buckets.Seconds);
        _texts = meter.CreateHistogram("strata.decoding.call.texts", "{text}", "Texts that shared one call to the Backbone", null, Buckets.Counts);
        _contextUses = meter.CreateCounter<long>("strata.decoding.context.uses", "{call}", "Decodes on a context, by what its key/values needed first");
        meter.CreateObservableUpDownCounter("strata.decoding.contexts.stored", () => store.All.Sum(context => context.FileBytes), "By", "Disk space of stored contexts");
    }

    /// <summary>One call to the Backbone was decided.</summary>
    /// <param name="backbone">Name of the backbone.</param>
    /// <param name="results">The decisions, one for each text.</param>
    /// <param name="started">Timestamp of the call's start.</param>
    /// <param name="firstLayerMicroseconds">Time to the first layer. Unit: microseconds.</param>
    public void Decided(string backbone, IReadOnlyList<DecodeResult> results, long started, long firstLayerMicroseconds)
    {
        if (!_decodes.Enabled && !_duration.Enabled)
        {
            return;
        }

        var flipped = 0;
        for (var i = 0; i < results.Count; i++)
        {
            flipped += results[i].Flipped ? 1 : 0;
        }

        Count(backbone, "true", flipped);
        Count(backbone, "false", results.Count - flipped);
        _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, Backbone(backbone));
        _firstLayer.Record(TimeSpan.FromMicroseconds(firstLayerMicroseconds).TotalSeconds, Backbone(backbone));
        _texts.Record(results.Count, Backbone(backbone));
    }

    /// <summary>Decodes followed a context.</summary>
    /// <param name="backbone">Name of the backbone.</param>
    /// <param name="use">What it took to make it resident.</param>
    public void ContextUsed(string backbone, ContextUse use) =>
        _contextUses.Add(1, Backbone(backbone), new KeyValuePair<string, object?>("outcome", use.Recompiled ? "compiled" : use.Uploaded ? "uploaded" : "resident"));

    private void Count(string backbone, string flipped, int texts)
    {
        if (texts > 0)
        {
            _decodes.Add(texts, Backbone(backbone), new KeyValuePair<string, object?>("flipped", flipped));
        }
    }

    private static KeyValuePair<string, object?> Backbone(string name) => new("backbone", name);
}
