using System.Numerics;
using System.Numerics.Tensors;

namespace Strata.Decoding.Layers;

/// <summary>The amateur is the candidate whose distribution lies farthest from the expert's. docs/equations.md SEL-1.</summary>
/// <remarks>Over the full label distribution, before plausibility. Equal distances: the lowest layer. +infinity is a distance like any
/// other and the largest. Deviation SEL-D1: the authors' code formally lists the expert among its candidates; here it never is
/// one.</remarks>
internal abstract class LargestDistancePolicy<T>(string name) : ILayerSelectionPolicy<T>
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    public string Name { get; } = name;

    /// <summary>Distance of one candidate row to the expert's; not NaN.</summary>
    public abstract T Distance(LayerDistributions<T> layers, int row);

    public int Select(LayerDistributions<T> layers, Span<T> distances)
    {
        if (layers.CandidateCount == 0 || distances.Length != layers.CandidateCount)
        {
            throw new ArgumentException($"{layers.CandidateCount} candidates cannot have {distances.Length} distances.", nameof(distances));
        }

        for (var row = 0; row < distances.Length; row++)
        {
            distances[row] = Distance(layers, row);
        }

        return TensorPrimitives.IndexOfMax<T>(distances); // the first of equal ones
    }
}
