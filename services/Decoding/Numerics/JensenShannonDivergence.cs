using System.Numerics;
using System.Numerics.Tensors;

namespace Strata.Decoding.Numerics;

/// <summary>JSD(p, q) = KL(p||m)/2 + KL(q||m)/2 with m = (p + q)/2, in nats. docs/equations.md SEL-JS.</summary>
internal static class JensenShannonDivergence
{
    /// <param name="p">[C] probabilities of one layer.</param>
    /// <param name="logP">[C] their natural logarithms; -infinity where the probability is 0.</param>
    /// <param name="q">[C] probabilities of the other layer.</param>
    /// <param name="logQ">[C] their natural logarithms.</param>
    /// <returns>0 (equal) to ln 2 (no class in common); symmetric. Never negative; rounding may pass ln 2 by an ulp.</returns>
    /// <exception cref="ArgumentException">Empty, or the lengths differ.</exception>
    /// <remarks>A class of probability 0 adds 0. The logarithms are asked for because the caller has them and ln(exp(x)) would lose
    /// digits. Allocates nothing.</remarks>
    public static T Compute<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> logP, ReadOnlySpan<T> q, ReadOnlySpan<T> logQ)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        SpanLengths.RequireEqual(p.Length, logP.Length);
        SpanLengths.RequireEqual(p.Length, q.Length);
        SpanLengths.RequireEqual(p.Length, logQ.Length);
        var half = T.One / (T.One + T.One);
        Span<T> logMidpoints = stackalloc T[Math.Min(Block.Length, p.Length)];
        Span<T> differences = stackalloc T[Math.Min(Block.Length, p.Length)];
        var sum = T.Zero;
        for (var start = 0; start < p.Length; start += Block.Length)
        {
            var n = Math.Min(Block.Length, p.Length - start);
            var logM = logMidpoints[..n];
            TensorPrimitives.AddMultiply(p.Slice(start, n), q.Slice(start, n), half, logM);
            TensorPrimitives.Log<T>(logM, logM);
            TensorPrimitives.Max(logM, T.MinValue, logM); // -infinity times a probability of 0 would be NaN
            sum += Relative(p.Slice(start, n), logP.Slice(start, n), logM, differences[..n]);
            sum += Relative(q.Slice(start, n), logQ.Slice(start, n), logM, differences[..n]);
        }

        return T.Max(sum * half, T.Zero);
    }

    /// <summary>Sum of p_i (ln p_i - ln m_i) over a block.</summary>
    private static T Relative<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> logP, ReadOnlySpan<T> logM, Span<T> differences)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        TensorPrimitives.Max(logP, T.MinValue, differences);
        TensorPrimitives.Subtract(differences, logM, differences);
        return TensorPrimitives.Dot(p, differences);
    }
}
