using System.Numerics;
using System.Numerics.Tensors;

namespace Strata.Decoding.Numerics;

/// <summary>ln(sum of exp(x_i)), the log-partition of logits. docs/equations.md NUM-LSE.</summary>
internal static class LogSumExp
{
    /// <param name="values">[n] logits or log-probabilities; -infinity stands for probability 0.</param>
    /// <returns>The log-partition: -infinity if every value is, +infinity if one is, NaN if one is.</returns>
    /// <exception cref="ArgumentException"><paramref name="values"/> is empty.</exception>
    /// <remarks>The maximum is subtracted first, so no finite input overflows. Allocates nothing.</remarks>
    public static T Compute<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        SpanLengths.RequireNonEmpty(values.Length);
        var max = TensorPrimitives.Max(values); // NaN if any value is
        return T.IsFinite(max) ? max + T.Log(SumOfExponentials(values, max)) : max;
    }

    /// <summary>Sum of exp(x_i - max), at least 1.</summary>
    /// <param name="values">[n].</param>
    /// <param name="max">Their maximum, finite.</param>
    public static T SumOfExponentials<T>(ReadOnlySpan<T> values, T max) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> block = stackalloc T[Math.Min(Block.Length, values.Length)];
        var sum = T.Zero;
        while (!values.IsEmpty)
        {
            var part = block[..Math.Min(Block.Length, values.Length)];
            TensorPrimitives.Subtract(values[..part.Length], max, part);
            TensorPrimitives.Exp<T>(part, part);
            sum += TensorPrimitives.Sum<T>(part);
            values = values[part.Length..];
        }

        return sum;
    }
}
