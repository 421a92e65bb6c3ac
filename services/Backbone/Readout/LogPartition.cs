using System.Numerics.Tensors;

namespace Strata.Backbone.Readout;

/// <summary>The log-partition of logits.</summary>
internal static class LogPartition
{
    /// <summary>ln sum_v exp(z_v), with the maximum subtracted first so that it never overflows.</summary>
    /// <param name="logits">[V] finite logits, at least one.</param>
    /// <param name="scratch">[V] overwritten.</param>
    public static float Of(ReadOnlySpan<float> logits, Span<float> scratch)
    {
        var max = TensorPrimitives.Max(logits);
        scratch = scratch[..logits.Length];
        TensorPrimitives.Subtract(logits, max, scratch);
        TensorPrimitives.Exp(scratch, scratch);
        return max + MathF.Log(TensorPrimitives.Sum(scratch));
    }
}
