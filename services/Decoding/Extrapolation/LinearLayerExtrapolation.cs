using System.Numerics;
using Strata.Decoding.Contrast;

namespace Strata.Decoding.Extrapolation;

/// <summary>Linear layer extrapolation: what a layer beyond the last would answer. docs/equations.md LLE-1.</summary>
/// <remarks>
/// The method, for one example; f = ln p are log-probabilities over the label set:
/// <list type="number">
/// <item>Read out the expert L and each candidate layer with the model's own head; f of each (<see cref="Numerics.LogSoftmax"/>).</item>
/// <item>The amateur l_a is the candidate farthest from the expert (<see cref="Layers.ILayerSelectionPolicy{T}"/>).</item>
/// <item>The classes the expert finds plausible stay in (<see cref="Plausibility"/>).</item>
/// <item>Draw, for each class, the line through (l_a, f(l_a)) and (L, f(L)) and read it at the target layer l_t >= L:
/// f(l_t) = f(L) + (l_t - L)/(L - l_a) (f(L) - f(l_a)).</item>
/// <item>The answer is the class with the largest f(l_t).</item>
/// </list>
/// With beta = (l_t - L)/(L - l_a) the line is (1 + beta) f(L) - beta f(l_a), the contrastive score. So step 4 is
/// <see cref="DynamicBeta"/> followed by <see cref="ContrastiveScore"/>, and the line itself is written only in the tests, which hold the
/// two equal.
/// </remarks>
internal static class LinearLayerExtrapolation
{
    /// <summary>Step 4 for all classes.</summary>
    /// <param name="expertLogProbs">[C] f(L).</param>
    /// <param name="amateurLogProbs">[C] f(l_a).</param>
    /// <param name="plausible">[C] of step 3.</param>
    /// <param name="expertLayer">L.</param>
    /// <param name="amateurLayer">l_a, below L.</param>
    /// <param name="targetLayer">l_t, L or more.</param>
    /// <param name="betaCap">Largest beta, or null for none; where it applies, the line is read at L + cap (L - l_a) instead.</param>
    /// <param name="contrastiveScores">[C] receives f(l_t), up to a constant; -infinity for implausible classes.</param>
    /// <returns>The beta used.</returns>
    /// <exception cref="ArgumentException">As <see cref="DynamicBeta"/> and <see cref="ContrastiveScore"/>.</exception>
    /// <exception cref="DecodingException">As <see cref="ContrastiveScore"/>.</exception>
    public static EffectiveBeta Compute<T>(
        ReadOnlySpan<T> expertLogProbs,
        ReadOnlySpan<T> amateurLogProbs,
        ReadOnlySpan<bool> plausible,
        int expertLayer,
        int amateurLayer,
        double targetLayer,
        double? betaCap,
        Span<T> contrastiveScores)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var beta = DynamicBeta.Compute(expertLayer, amateurLayer, targetLayer, betaCap);
        ContrastiveScore.Compute(expertLogProbs, amateurLogProbs, plausible, T.CreateChecked(beta.Value), contrastiveScores);
        return beta;
    }
}
