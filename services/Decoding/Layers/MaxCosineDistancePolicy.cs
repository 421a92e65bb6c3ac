using System.Numerics;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Layers;

/// <summary>Farthest by <see cref="CosineDistance"/>, as the extrapolation paper is coded. docs/equations.md SEL-COS.</summary>
internal sealed class MaxCosineDistancePolicy<T>() : LargestDistancePolicy<T>(LayerSelectionPolicies.MaxCosineDistance)
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    public override T Distance(LayerDistributions<T> layers, int row) =>
        CosineDistance.Compute(layers.Probs(layers.ExpertRow), layers.Probs(row));
}
