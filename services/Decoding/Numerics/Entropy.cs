using System.Numerics;
using System.Numerics.Tensors;

namespace Strata.Decoding.Numerics;

/// <summary>Shannon entropy of a distribution in nats: -sum p_i ln p_i. docs/equations.md NUM-ENT.</summary>
internal static class Entropy
{
    /// <param name="probs">[C] probabilities.</param>
    /// <param name="logProbs">[C] their natural logarithms; -infinity where the probability is 0.</param>
    /// <returns>0 (one-hot) to ln C (uniform); a class of probability 0 adds 0.</returns>
    /// <exception cref="ArgumentException">Empty, or the lengths differ.</exception>
    /// <remarks>Allocates nothing.</remarks>
    public static T Compute<T>(ReadOnlySpan<T> probs, ReadOnlySpan<T> logProbs)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        SpanLengths.RequireEqual(probs.Length, logProbs.Length);
        Span<T> block = stackalloc T[Math.Min(Block.Length, probs.Length)];
        var sum = T.Zero;
        while (!probs.IsEmpty)
        {
            var part = block[..Math.Min(Block.Length, probs.Length)];
            TensorPrimitives.Max(logProbs[..part.Length], T.MinValue, part); // 0 * -infinity would be NaN
            sum -= TensorPrimitives.Dot(probs[..part.Length], part);
            probs = probs[part.Length..];
            logProbs = logProbs[part.Length..];
        }

        return T.Max(sum, T.Zero);
    }
}
