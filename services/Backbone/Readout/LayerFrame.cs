using Strata.Backbone.Inference;

namespace Strata.Backbone.Readout;

/// <summary>What one exit layer answers.</summary>
public sealed class LayerFrame
{
    /// <summary>0 is the embedding output, L the last block.</summary>
    public required int Layer { get; init; }

    /// <summary>Logits or hidden state, float32, row-major; empty for <see cref="ReadoutKind.None"/>.</summary>
    public required ReadOnlyMemory<float> Values { get; init; }

    /// <summary>[B, C], [B, n], [B, k], [B, V] or [B, H]; [B, T, ..] for all positions; [0] when there are no values.</summary>
    public required long[] Shape { get; init; }

    /// <summary>ln sum exp of all V logits, [B] or [B, T]; empty unless asked for.</summary>
    public ReadOnlyMemory<float> LogZ { get; init; }

    /// <summary>Tokens of the values of a top-k readout, shaped like <see cref="Shape"/>; else empty.</summary>
    public ReadOnlyMemory<int> TokenIds { get; init; }

    /// <summary>Whether the head's final norm lies between the hidden state and the values. True for a classification head, which is run whole.</summary>
    public required bool FinalNormApplied { get; init; }

    /// <summary>Since the run began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Key/values of the layers computed, past included; only on the last frame of a run that keeps them. The receiver disposes it.</summary>
    public KeyValueCache? Present { get; init; }
}
