using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Strata.Backbone.Models;
using Strata.Backbone.Readout;

namespace Strata.Backbone.Inference;

/// <summary>Runs the stages of a model, one pull after another.</summary>
internal sealed class LayerRunner(StageSet stages, Head head, ContextInputs? contexts)
{
    private readonly RunInputs _inputs = new(stages, contexts);
    private long _layersRun;

    public long LayersRun => Interlocked.Read(ref _layersRun);

    /// <summary>Each step computes exactly up to the next exit layer. Whoever stops pulling stops the computation.</summary>
    public IEnumerable<LayerFrame> Run(LayerRun run, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        using var values = new RunValues(stages.SlotCount);
        _inputs.Fill(values, run.Batch, run.Past);
        var last = run.Batch.LastPositions();
        if (head.Slices(run.Readout))
        {
            PositionSlice.TakeInputs(values, stages, last);
        }

        var nextExit = 0;
        for (var layer = 0; nextExit < run.ExitLayers.Count; layer++)
        {
            cancellation.ThrowIfCancellationRequested();
            var stage = stages.Layers[layer];
            stage.Run(values, stages.RunOptions, run.KeepPresent);
            if (layer > 0)
            {
                Interlocked.Increment(ref _layersRun);
            }

            if (run.ExitLayers[nextExit] != layer)
            {
                continue;
            }

            nextExit++;
            var answer = head.Read(values, values[stage.OutputSlots[0]], run.Readout, last);
            yield return new LayerFrame
            {
                Layer = layer,
                Values = answer.Values,
                Shape = answer.Shape,
                LogZ = answer.LogZ,
                TokenIds = answer.TokenIds,
                FinalNormApplied = answer.NormApplied,
                Elapsed = Stopwatch.GetElapsedTime(began),
                Present = run.KeepPresent && nextExit == run.ExitLayers.Count && layer > 0 ? TakePresent(values, layer) : null,
            };
        }
    }

    private KeyValueCache TakePresent(RunValues values, int layers)
    {
        var keys = new OrtValue[layers];
        var cached = new OrtValue[layers];
        foreach (var output in contexts!.Outputs.Where(o => o.Layer <= layers))
        {
            (output.IsKey ? keys : cached)[output.Layer - 1] = values.Take(stages.Slot(output.Value));
        }

        return new KeyValueCache(keys, cached);
    }
}
