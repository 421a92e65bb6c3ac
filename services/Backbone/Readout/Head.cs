using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Strata.Backbone.Inference;

namespace Strata.Backbone.Readout;

/// <summary>Reads hidden states out with the model's own head.</summary>
internal sealed class Head(StageSet stages, HeadShape shape, LabelColumnCache? labels)
{
    private readonly Stage? _norm = stages.Plan.Projection is not null && stages.Head.Length == 2 ? stages.Head[0] : null;

    /// <summary>The final multiplication alone, or the whole head where it was not found.</summary>
    private readonly Stage _last = stages.Head[^1];

    public HeadShape Shape => shape;

    /// <summary>Whether a readout without the final norm is possible.</summary>
    public bool CanSkipNorm => stages.Plan.Projection is not null && !shape.IsClassifier;

    /// <summary>Values at padding would mean nothing, and computing them costs the most: [B, 1, H] where the head allows it.</summary>
    public bool Slices(ReadoutRequest request) => request.Positions == ReadoutPositions.Last && shape.RunsOnSlices && request.Kind is not (ReadoutKind.None or ReadoutKind.ClassificationHead);

    /// <summary>Reads one exit layer out.</summary>
    /// <param name="values">The run's tensors, with the sliced inputs set where <see cref="Slices"/>.</param>
    /// <param name="hidden">[B, T, H].</param>
    /// <param name="request">What to read out.</param>
    /// <param name="last">Each row's last unmasked position.</param>
    /// <exception cref="BackboneException">NonFiniteLogits or InferenceFailed.</exception>
    public Answer Read(RunValues values, OrtValue hidden, ReadoutRequest request, int[] last)
    {
        if (request.Kind == ReadoutKind.None)
        {
            return new Answer([], [0]);
        }

        var slices = Slices(request) && hidden.GetTensorTypeAndShape().Shape[1] > 1;
        using var slice = slices ? PositionSlice.Take(hidden, last) : null;
        var positions = request.Positions == ReadoutPositions.All || slices || hidden.GetTensorTypeAndShape().Shape[1] == 1 ? null : last;
        var answer = Read(values, slice ?? hidden, slices, request, positions);
        if (!TensorPrimitives.IsFiniteAll<float>(answer.Values))
        {
            throw new BackboneException(BackboneError.NonFiniteLogits, "A readout is not finite: the weights or the input are broken. Check the model file.");
        }

        return answer;
    }

    private Answer Read(RunValues values, OrtValue hidden, bool sliced, ReadoutRequest request, int[]? positions)
    {
        if (request.Kind == ReadoutKind.ClassificationHead)
        {
            using var normedForClasses = _norm?.RunHead(values, hidden, sliced, stages.RunOptions);
            using var classes = _last.RunHead(values, normedForClasses ?? hidden, sliced, stages.RunOptions);
            return new Answer(FloatTensor.Read(classes).ToArray(), classes.GetTensorTypeAndShape().Shape) { NormApplied = true };
        }

        using var normed = request.ApplyFinalNorm && !shape.IsClassifier ? _norm?.RunHead(values, hidden, sliced, stages.RunOptions) : null;
        var state = normed ?? hidden;
        var oneRowEach = request.Positions == ReadoutPositions.Last;
        if (request.Kind == ReadoutKind.HiddenState)
        {
            return Rows.Of(state, positions).ToAnswer(oneRowEach) with { NormApplied = normed is not null };
        }

        if (request.Kind == ReadoutKind.LabelTokens && !request.WithLogZ && labels is not null)
        {
            var states = Rows.Of(state, positions);
            if (labels.Get(request.LabelTokenIds, states.Width) is { } columns)
            {
                var logits = new float[states.Count * request.LabelTokenIds.Count];
                columns.Project(states.Values, logits, states.Width);
                return new Answer(logits, states.Shape(request.LabelTokenIds.Count, oneRowEach)) { NormApplied = normed is not null };
            }
        }

        using var all = _last.RunHead(values, state, sliced, stages.RunOptions);
        // A head that was not split holds its norm within.
        return VocabularyReadout.Read(Rows.Of(all, positions), request, oneRowEach) with { NormApplied = normed is not null || stages.Plan.Projection is null };
    }

    /// <summary>A readout before it becomes a frame.</summary>
    internal sealed record Answer(float[] Values, long[] Shape, float[]? LogZ = null, int[]? TokenIds = null)
    {
        public bool NormApplied { get; init; }
    }
}
