using System.Numerics;
using System.Numerics.Tensors;

namespace Strata.Decoding.Numerics;

/// <summary>(KL(m||p) + KL(m||q)) / 2 / n with m = (p + q)/2 and n classes: what DoLa's released code computes. docs/equations.md
/// SEL-MKL.</summary>
internal static class MidpointKlDivergence
{
    /// <param name="p">[n] probabilities of one layer.</param>
    /// <param name="logP">[n] their natural logarithms; -infinity where the probability is 0.</param>
    /// <param name="q">[n] probabilities of the other layer.</param>
    /// <param name="logQ">[n] their natural logarithms.</param>
    /// <returns>0 (equal) upwards, unbounded; +infinity if one layer rules out (-infinity) a class that the other does not;
    /// symmetric.</returns>
    /// <exception cref="ArgumentException">Empty, or the lengths differ.</exception>
    /// <remarks>The arguments of KL are the reverse of <see cref="JensenShannonDivergence"/>, and the mean is taken over the classes:
    /// deviation of DoLa's code from its text, kept under its own name. A class of midpoint 0 adds 0. Allocates nothing.</remarks>
    public static T Compute<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> logP, ReadOnlySpan<T> q, ReadOnlySpan<T> logQ)
        where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        SpanLengths.RequireEqual(p.Length, logP.Length);
        SpanLengths.RequireEqual(p.Length, q.Length);
        SpanLengths.RequireEqual(p.Length, logQ.Length);
        var half = T.One / (T.One + T.One);
        Span<T> midpoints = stackalloc T[Math.Min(Block.Length, p.Length)];
        Span<T> differences = stackalloc T[Math.Min(Block.Length, p.Length)];
        var sum = T.Zero;
        for (var start = 0; start < p.Length; start += Block.Length)
        {
            var n = Math.Min(Block.Length, p.Length - start);
            var m = midpoints[..n];
            var d = differences[..n];
            TensorPrimitives.AddMultiply(p.Slice(start, n), q.Slice(start, n), half, m);

            // 1. ln m - (ln p + ln q)/2, with +infinity where one of them is -infinity
            TensorPrimitives.Log<T>(m, d);
            TensorPrimitives.Max(d, T.MinValue, d); // 0 * -infinity would be NaN
            SubtractMean(logP.Slice(start, n), logQ.Slice(start, n), half, d);

            // 2. weighted by m
            sum += Weighted(m, d);
        }

        return T.Max(sum / T.CreateChecked(p.Length), T.Zero);
    }

    private static void SubtractMean<T>(ReadOnlySpan<T> logP, ReadOnlySpan<T> logQ, T half, Span<T> logM)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // One at a time, halved before the sum: logarithms near the largest number would overflow added up.
        TensorPrimitives.MultiplyAdd(logP, -half, logM, logM);
        TensorPrimitives.MultiplyAdd(logQ, -half, logM, logM);
    }

    private static T Weighted<T>(ReadOnlySpan<T> m, ReadOnlySpan<T> differences) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = TensorPrimitives.Dot(m, differences);
        if (!T.IsNaN(sum))
        {
            return sum;
        }

        // A class of probability exactly 0 in both layers and -infinity in one met as 0 * infinity: rare, so walked one by one.
        sum = T.Zero;
        for (var i = 0; i < m.Length; i++)
        {
            sum += T.IsZero(m[i]) ? T.Zero : m[i] * differences[i];
        }

        return sum;
    }
}
