using System.Numerics;
using System.Numerics.Tensors;

namespace Strata.Decoding.Numerics;

/// <summary>Natural-log probabilities of logits: ln p_i = (x_i - max) - ln(sum of exp(x_j - max)). docs/equations.md NUM-LSM.</summary>
internal static class LogSoftmax
{
    /// <param name="logits">[C] or [V] logits, or log-probabilities up to a constant; -infinity stands for probability 0.</param>
    /// <param name="logProbs">Receives as many log-probabilities; -infinity where the logit is. May be the same span as
    /// <paramref name="logits"/>.</param>
    /// <exception cref="ArgumentException">Empty, or the lengths differ.</exception>
    /// <exception cref="DecodingException">NonFiniteLogits: a logit is NaN or +infinity, or all are -infinity.</exception>
    /// <remarks>Differences of finite logits never overflow below 1e308 (float: 3e38), where TensorPrimitives.SoftMax already gives NaN
    /// at a logit of 1000. Allocates nothing.</remarks>
    public static void Compute<T>(ReadOnlySpan<T> logits, Span<T> logProbs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!TryCompute(logits, logProbs))
        {
            throw new DecodingException(
                DecodingError.NonFiniteLogits, "The logits hold NaN or +infinity, or are all -infinity: they describe no distribution.");
        }
    }

    /// <inheritdoc cref="Compute"/>
    /// <returns>False, with <paramref name="logProbs"/> unchanged, where <see cref="Compute"/> throws NonFiniteLogits.</returns>
    public static bool TryCompute<T>(ReadOnlySpan<T> logits, Span<T> logProbs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        SpanLengths.RequireEqual(logits.Length, logProbs.Length);
        var max = TensorPrimitives.Max(logits); // NaN if any logit is
        if (!T.IsFinite(max))
        {
            return false;
        }

        var logSum = T.Log(LogSumExp.SumOfExponentials(logits, max));
        TensorPrimitives.Subtract(logits, max, logProbs); // before logSum: the maximum of 1e30 would swallow it
        TensorPrimitives.Subtract(logProbs, logSum, logProbs);
        return true;
    }
}
