using System.Numerics;

namespace Strata.Decoding.Layers;

/// <summary>The amateur is one given layer, whatever the example (DoLa-static). docs/equations.md SEL-FIX.</summary>
/// <param name="layer">The amateur layer.</param>
internal sealed class FixedLayerPolicy<T>(int layer) : ILayerSelectionPolicy<T>
    where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    public string Name => LayerSelectionPolicies.Fixed;

    /// <inheritdoc/>
    /// <remarks>Measures nothing: every distance is NaN.</remarks>
    public int Select(LayerDistributions<T> layers, Span<T> distances)
    {
        var row = layers.Layers[..layers.CandidateCount].IndexOf(layer);
        if (row < 0 || distances.Length != layers.CandidateCount)
        {
            throw new ArgumentException(
                $"Layer {layer} is no candidate, or {distances.Length} distances are not one per candidate.", nameof(layers));
        }

        distances.Fill(T.NaN);
        return row;
    }
}
