using System.Numerics;
using System.Numerics.Tensors;

namespace Strata.Decoding.Numerics;

/// <summary>d(p, q) = 1 - cos(p, q) / 2, the layer distance of the extrapolation paper as coded. docs/equations.md SEL-COS.</summary>
internal static class CosineDistance
{
    /// <param name="p">[C] probabilities of the expert; not all zero.</param>
    /// <param name="q">[C] probabilities of the candidate; not all zero.</param>
    /// <returns>0.5 (same direction) to 1 (no class in common). Ranks layers as 1 - cos does.</returns>
    /// <exception cref="ArgumentException">Empty, or the lengths differ.</exception>
    /// <remarks>NaN if a vector is all zero, which no softmax is. Rounding may leave the range by an ulp. Allocates nothing.</remarks>
    public static T Compute<T>(ReadOnlySpan<T> p, ReadOnlySpan<T> q) where T : unmanaged, IFloatingPointIeee754<T>
    {
        SpanLengths.RequireEqual(p.Length, q.Length);
        return T.One - (TensorPrimitives.CosineSimilarity(p, q) / (T.One + T.One));
    }
}
