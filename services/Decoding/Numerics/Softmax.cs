using System.Numerics;
using System.Numerics.Tensors;

namespace Strata.Decoding.Numerics;

/// <summary>Probabilities of scores in log space: p_i = exp(x_i - max) / sum of exp(x_j - max). docs/equations.md NUM-SM.</summary>
internal static class Softmax
{
    /// <param name="scores">[C] logits, log-probabilities or contrastive scores; -infinity gets probability 0.</param>
    /// <param name="probs">[C] receives the probabilities. May be the same span as <paramref name="scores"/>.</param>
    /// <exception cref="ArgumentException">Empty, or the lengths differ.</exception>
    /// <exception cref="DecodingException">NonFiniteLogits: a score is NaN, or all are -infinity.</exception>
    /// <remarks>A score of +infinity takes all probability; several share it equally (the limit of equal scores that grow together).
    /// Allocates nothing.</remarks>
    public static void Compute<T>(ReadOnlySpan<T> scores, Span<T> probs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        SpanLengths.RequireEqual(scores.Length, probs.Length);
        var max = TensorPrimitives.Max(scores); // NaN if any score is
        if (T.IsPositiveInfinity(max))
        {
            ShareAmongInfinite(scores, probs);
            return;
        }

        if (!T.IsFinite(max))
        {
            throw new DecodingException(
                DecodingError.NonFiniteLogits, "The scores hold NaN or are all -infinity: they leave no class to choose.");
        }

        TensorPrimitives.Subtract(scores, max, probs);
        TensorPrimitives.Exp<T>(probs, probs);
        TensorPrimitives.Divide(probs, TensorPrimitives.Sum<T>(probs), probs);
    }

    private static void ShareAmongInfinite<T>(ReadOnlySpan<T> scores, Span<T> probs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < scores.Length; i++)
        {
            probs[i] = T.IsPositiveInfinity(scores[i]) ? T.One : T.Zero;
        }

        TensorPrimitives.Divide(probs, TensorPrimitives.Sum<T>(probs), probs);
    }
}
