using System.Numerics.Tensors;
using Strata.Decoding.Layers;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Classification;

/// <summary>The course of every label over the layers, built as frames arrive: one layer in, one point out.</summary>
/// <remarks>For explanations: allocates one point per layer. Not thread-safe.</remarks>
public sealed class LayerTrajectory
{
    private readonly List<TrajectoryPoint> _points = [];
    private readonly LargestDistancePolicy<double> _distance;

    /// <param name="expertLayer">L; with its point the trajectory is complete.</param>
    /// <param name="classCount">C, at least 1.</param>
    /// <param name="layerSelection">Whose distance to measure: a name of <see cref="LayerSelectionPolicies"/>; "fixed", which has none,
    /// measures the default one.</param>
    /// <exception cref="ArgumentOutOfRangeException">L is negative or C below 1.</exception>
    /// <exception cref="DecodingException">UnknownLayerSelection.</exception>
    public LayerTrajectory(int expertLayer, int classCount, string layerSelection = ContrastiveDefaults.LayerSelection)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expertLayer);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ExpertLayer = expertLayer;
        ClassCount = classCount;
        var measured = layerSelection == LayerSelectionPolicies.Fixed ? ContrastiveDefaults.LayerSelection : layerSelection;
        _distance = (LargestDistancePolicy<double>)LayerSelectionPolicies.Create<double>(measured, fixedAmateurLayer: null);
    }

    /// <summary>L.</summary>
    public int ExpertLayer { get; }

    /// <summary>C.</summary>
    public int ClassCount { get; }

    /// <summary>One point per layer added, ascending.</summary>
    public IReadOnlyList<TrajectoryPoint> Points => _points;

    /// <summary>Whether the expert's point is there.</summary>
    public bool IsComplete => _points.Count > 0 && _points[^1].Layer == ExpertLayer;

    /// <summary>Distance of each point's layer to the expert, in the order of <see cref="Points"/>, the expert's own last. Empty until the
    /// trajectory is complete: nothing can be measured against an expert that has not answered.</summary>
    public IReadOnlyList<double> DistancesToExpert { get; private set; } = [];

    /// <summary>Adds the next layer.</summary>
    /// <param name="layer">Above the last one added, at most L.</param>
    /// <param name="logits">[C] logits or log-probabilities.</param>
    /// <returns>The layer's point.</returns>
    /// <exception cref="ArgumentException">The layer is out of order or beyond L, or there are not C logits.</exception>
    /// <exception cref="DecodingException">NonFiniteLogits: a logit is NaN or +infinity, or all are -infinity.</exception>
    public TrajectoryPoint Add(int layer, ReadOnlySpan<double> logits)
    {
        var previous = _points.Count == 0 ? -1 : _points[^1].Layer;
        if (layer <= previous || layer > ExpertLayer || logits.Length != ClassCount)
        {
            throw new ArgumentException(
                $"Layer {layer} with {logits.Length} logits does not follow layer {previous} of {ExpertLayer}, over {ClassCount} labels.");
        }

        var logProbs = new double[ClassCount];
        var probabilities = new double[ClassCount];
        LogSoftmax.Compute(logits, logProbs);
        TensorPrimitives.Exp<double>(logProbs, probabilities);
        var point = new TrajectoryPoint(
            layer,
            logProbs,
            probabilities,
            TensorPrimitives.IndexOfMax<double>(logProbs),
            Entropy.Compute<double>(probabilities, logProbs));
        _points.Add(point);
        if (IsComplete)
        {
            DistancesToExpert = MeasureDistances();
        }

        return point;
    }

    /// <inheritdoc cref="Add(int, ReadOnlySpan{double})"/>
    public TrajectoryPoint Add(int layer, ReadOnlySpan<float> logits)
    {
        var widened = new double[logits.Length];
        TensorPrimitives.ConvertTruncating<float, double>(logits, widened);
        return Add(layer, widened);
    }

    private double[] MeasureDistances()
    {
        int[] layers = [.. _points.Select(p => p.Layer)];
        var probs = new double[layers.Length * ClassCount];
        var logProbs = new double[probs.Length];
        for (var row = 0; row < layers.Length; row++)
        {
            _points[row].Probabilities.CopyTo(probs.AsSpan(row * ClassCount));
            _points[row].LogProbs.CopyTo(logProbs.AsSpan(row * ClassCount));
        }

        var distributions = new LayerDistributions<double>(layers, probs, logProbs);
        var distances = new double[layers.Length];
        for (var row = 0; row < layers.Length; row++)
        {
            distances[row] = _distance.Distance(distributions, row);
        }

        return distances;
    }
}
