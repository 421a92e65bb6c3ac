using System.Numerics;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Layers;

/// <summary>Farthest by <see cref="JensenShannonDivergence"/>, as DoLa is written. docs/equations.md SEL-JS.</summary>
internal sealed class MaxJensenShannonPolicy<T>() : LargestDistancePolicy<T>(LayerSelectionPolicies.MaxJensenShannon)
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    public override T Distance(LayerDistributions<T> layers, int row) =>
        JensenShannonDivergence.Compute(
            layers.Probs(layers.ExpertRow), layers.LogProbs(layers.ExpertRow), layers.Probs(row), layers.LogProbs(row));
}
