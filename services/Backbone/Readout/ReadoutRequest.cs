namespace Strata.Backbone.Readout;

/// <summary>What is read out of an exit layer's hidden state.</summary>
public enum ReadoutKind
{
    /// <summary>Nothing: the layer is computed, and its frame carries no values.</summary>
    None,

    /// <summary>The classification head's logits, [B, C].</summary>
    ClassificationHead,

    /// <summary>lm_head logits of given tokens, [B, n].</summary>
    LabelTokens,

    /// <summary>The k largest lm_head logits and their tokens, [B, k].</summary>
    TopK,

    /// <summary>All lm_head logits, [B, V].</summary>
    FullVocabulary,

    /// <summary>The hidden state, [B, H].</summary>
    HiddenState,
}

/// <summary>At which positions of each row an lm_head readout or a hidden state is taken.</summary>
public enum ReadoutPositions
{
    /// <summary>Each row's last unmasked token.</summary>
    Last,

    /// <summary>All T positions: shapes gain a T after B. Values at padding mean nothing.</summary>
    All,
}

/// <summary>How exit layers are read out.</summary>
public sealed record ReadoutRequest
{
    /// <summary>What is read out.</summary>
    public required ReadoutKind Kind { get; init; }

    /// <summary>[n] token ids, each in 0..V-1; only for <see cref="ReadoutKind.LabelTokens"/>. Order and repetitions are kept.</summary>
    public IReadOnlyList<int> LabelTokenIds { get; init; } = [];

    /// <summary>k, 1..V; only for <see cref="ReadoutKind.TopK"/>.</summary>
    public int TopK { get; init; }

    /// <summary>Give the log-partition over the whole vocabulary too: ln sum exp of all V logits. Costs the full projection. <value>The default is false.</value></summary>
    public bool WithLogZ { get; init; }

    /// <summary>Apply the head's final norm before the projection (and to a hidden state). False reproduces DoLa's early-exit heads.
    /// A classification head is always run whole. <value>The default is true.</value></summary>
    public bool ApplyFinalNorm { get; init; } = true;

    /// <summary>Which positions. A classification head chooses its own. <value>The default is <see cref="ReadoutPositions.Last"/>.</value></summary>
    public ReadoutPositions Positions { get; init; } = ReadoutPositions.Last;
}
