using System.Numerics;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Layers;

/// <summary>Farthest by <see cref="MidpointKlDivergence"/>, as DoLa is coded. docs/equations.md SEL-MKL.</summary>
internal sealed class MaxMidpointKlPolicy<T>() : LargestDistancePolicy<T>(LayerSelectionPolicies.MaxMidpointKl)
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    public override T Distance(LayerDistributions<T> layers, int row) =>
        MidpointKlDivergence.Compute(
            layers.Probs(layers.ExpertRow), layers.LogProbs(layers.ExpertRow), layers.Probs(row), layers.LogProbs(row));
}
