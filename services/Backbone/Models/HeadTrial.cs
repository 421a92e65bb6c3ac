using Microsoft.ML.OnnxRuntime;
using Strata.Backbone.Inference;
using Strata.Backbone.Readout;

namespace Strata.Backbone.Models;

/// <summary>Runs a model once at load, on three tokens: shows that every stage runs, that all hidden states have one shape, and what the head gives.</summary>
internal static class HeadTrial
{
    private const int Length = 3;

    /// <returns>The head's shape, and H.</returns>
    /// <exception cref="BackboneException">ModelUnsupported: a hidden state or the logits have another shape than a transformer's.</exception>
    public static (HeadShape Head, int HiddenSize) Run(StageSet stages, ContextInputs contexts)
    {
        using var values = new RunValues(stages.SlotCount);
        long[] ids = [.. Enumerable.Range(0, Length).Select(t => t % stages.Plan.EmbeddingRows)];
        new RunInputs(stages, contexts).Fill(values, new TokenBatch(1, Length, ids, [1, 1, 1]), null);
        long[]? shape = null;
        foreach (var stage in stages.Layers)
        {
            stage.Run(values, stages.RunOptions, keepPresent: false);
            var hidden = values[stage.OutputSlots[0]].GetTensorTypeAndShape().Shape;
            if (hidden is not [1, Length, > 0 and < 1 << 20] || !hidden.AsSpan().SequenceEqual(shape ?? hidden))
            {
                throw new BackboneException(BackboneError.ModelUnsupported, $"A layer's output has shape [{string.Join(", ", hidden)}] for 1 row of {Length} tokens, not [batch, tokens, hidden size].");
            }

            shape = hidden;
        }

        var last = values[stages.Layers[^1].OutputSlots[0]];
        var (logits, extents) = RunHead(stages, values, last, sliced: false);
        return extents switch
        {
            [1, > 0 and < 1 << 20] => (new HeadShape(true, (int)extents[1], false), (int)shape![2]),
            [1, Length, > 1 and < 1 << 24] => (new HeadShape(false, (int)extents[2], RunsOnSlices(stages, values, last, logits)), (int)shape![2]),
            _ => throw new BackboneException(BackboneError.ModelUnsupported, $"The logits have shape [{string.Join(", ", extents)}] for 1 row of {Length} tokens: neither [batch, labels] nor [batch, tokens, vocabulary]."),
        };
    }

    /// <summary>Tries the head on the middle position alone, and compares with its answer among all.</summary>
    private static bool RunsOnSlices(StageSet stages, RunValues values, OrtValue hidden, float[] logits)
    {
        try
        {
            const int position = 1;
            PositionSlice.TakeInputs(values, stages, [position]);
            using var slice = PositionSlice.Take(hidden, [position]);
            var (sliced, extents) = RunHead(stages, values, slice, sliced: true);
            var width = logits.Length / Length;
            var tolerance = 1e-3f * Math.Max(1, logits.Max(MathF.Abs));
            return extents is [1, 1, _] && sliced.Length == width && sliced.Zip(logits.Skip(position * width)).All(p => MathF.Abs(p.First - p.Second) <= tolerance);
        }
        catch (BackboneException e) when (e.Error == BackboneError.InferenceFailed)
        {
            return false;
        }
    }

    private static (float[] Logits, long[] Shape) RunHead(StageSet stages, RunValues values, OrtValue hidden, bool sliced)
    {
        using var normed = stages.Head.Length == 2 ? stages.Head[0].RunHead(values, hidden, sliced, stages.RunOptions) : null;
        using var logits = stages.Head[^1].RunHead(values, normed ?? hidden, sliced, stages.RunOptions);
        return (FloatTensor.Read(logits).ToArray(), logits.GetTensorTypeAndShape().Shape);
    }
}
