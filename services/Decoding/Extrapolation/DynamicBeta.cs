namespace Strata.Decoding.Extrapolation;

/// <summary>The contrast strength that reads the line through amateur and expert at the target layer: beta = (l_t - L) / (L - l_a).
/// docs/equations.md LLE-2.</summary>
/// <remarks>Only differences of layers enter, so any numbering will do that all three share. l_t = L gives 0, plain decoding; the closer
/// the amateur lies to the expert, the larger beta: L = 47, l_t = 68, l_a = 46 gives 21, hence the cap.</remarks>
internal static class DynamicBeta
{
    /// <param name="expertLayer">L.</param>
    /// <param name="amateurLayer">l_a, below L.</param>
    /// <param name="targetLayer">l_t, L or more; need not be whole.</param>
    /// <param name="cap">Largest beta returned, 0 or more; null: none (the papers have none).</param>
    /// <exception cref="ArgumentException">l_a is not below L, l_t is below L or not finite, or the cap is negative or not
    /// finite.</exception>
    public static EffectiveBeta Compute(int expertLayer, int amateurLayer, double targetLayer, double? cap)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(amateurLayer, expertLayer);
        if (!(targetLayer >= expertLayer && double.IsFinite(targetLayer)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(targetLayer), targetLayer, $"The target layer must be finite and at least L = {expertLayer}.");
        }

        if (cap is { } limit && !(limit >= 0 && double.IsFinite(limit)))
        {
            throw new ArgumentOutOfRangeException(nameof(cap), cap, "The cap must be finite and at least 0.");
        }

        var beta = (targetLayer - expertLayer) / ((double)expertLayer - amateurLayer);
        return beta > cap ? new(cap.Value, Capped: true) : new(beta, Capped: false);
    }
}
