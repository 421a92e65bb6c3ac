using Strata.Backbone.Inference;
using Strata.Golden;

namespace Strata.Backbone.Tests;

/// <summary>The inputs of a golden case as a run takes them.</summary>
internal static class GoldenInputs
{
    public static TokenBatch Batch(this GoldenCase golden)
    {
        var shape = golden.Shape("inputs/input_ids");
        return new TokenBatch(
            (int)shape[0],
            (int)shape[1],
            golden.Int64("inputs/input_ids").ToArray(),
            golden.Int64("inputs/attention_mask").ToArray(),
            golden.Has("inputs/token_type_ids") ? golden.Int64("inputs/token_type_ids").ToArray() : null,
            golden.Has("inputs/position_ids") ? golden.Int64("inputs/position_ids").ToArray() : null);
    }

    public static KeyValueCache? Past(this GoldenCase golden, int layers)
    {
        if (!golden.Has("inputs/past_key_values.0.key"))
        {
            return null;
        }

        ReadOnlyMemory<float>[] Tensors(string kind) => [.. Enumerable.Range(0, layers).Select(l => (ReadOnlyMemory<float>)golden.Float32($"inputs/past_key_values.{l}.{kind}").ToArray())];
        return KeyValueCache.Create([.. golden.Shape("inputs/past_key_values.0.key").Select(d => (int)d)], Tensors("key"), Tensors("value"));
    }

    /// <summary>Whether position t of the new tokens of a row is real.</summary>
    public static bool IsReal(this TokenBatch batch, int row, int t)
    {
        var width = batch.AttentionMask.Length / batch.RowCount;
        return batch.AttentionMask.Span[(row * width) + width - batch.Length + t] == 1;
    }
}
