using System.Numerics;
using System.Numerics.Tensors;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Contrast;

/// <summary>The adaptive plausibility constraint: V_valid = { c : p_e(c) >= alpha * max p_e }. docs/equations.md APC-1.</summary>
internal static class Plausibility
{
    /// <param name="expertLogProbs">[C] natural-log probabilities of the expert; the largest is finite.</param>
    /// <param name="alpha">Ratio 0..1. 0 keeps every class, even one of probability 0; 1 keeps the expert's best and its exact
    /// equals.</param>
    /// <param name="plausible">[C] receives the mask; never empty, because the expert's best class always meets its own bar.</param>
    /// <returns>Number of plausible classes, at least 1.</returns>
    /// <exception cref="ArgumentException">Empty, the lengths differ, or <paramref name="alpha"/> is outside 0..1.</exception>
    /// <exception cref="DecodingException">NonFiniteLogits: a log-probability is NaN or +infinity, or all are -infinity.</exception>
    /// <remarks>Compared as ln p >= ln(max p) + ln(alpha), which no underflow of p can blur. Allocates nothing. Deviation APC-D1: the
    /// authors' code masks by multiplying scores with 0, which also masks a class whose score is exactly 0.</remarks>
    public static int Mark<T>(ReadOnlySpan<T> expertLogProbs, double alpha, Span<bool> plausible)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        SpanLengths.RequireEqual(expertLogProbs.Length, plausible.Length);
        if (!(alpha is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha must lie in [0, 1].");
        }

        var max = TensorPrimitives.Max(expertLogProbs); // NaN if any is
        if (!T.IsFinite(max))
        {
            throw new DecodingException(DecodingError.NonFiniteLogits, "The expert's log-probabilities describe no distribution.");
        }

        var bar = max + T.CreateChecked(Math.Log(alpha)); // alpha 0: -infinity, which all meet
        var count = 0;
        for (var c = 0; c < plausible.Length; c++)
        {
            plausible[c] = expertLogProbs[c] >= bar;
            count += plausible[c] ? 1 : 0;
        }

        return count;
    }
}
