namespace Strata.Decoding;

/// <summary>Every expected failure of the Decoding library. Each has one row in docs/errors.md.</summary>
public enum DecodingError
{
    /// <summary>Parameters: a candidate layer or the fixed amateur layer lies outside 1..L-1. Remedy: GetModel gives L.</summary>
    LayerOutOfRange,

    /// <summary>Parameters: no candidate layer is left to contrast with. Remedy: name at least one layer of 1..L-1, or decode
    /// plainly.</summary>
    CandidatesEmpty,

    /// <summary>Parameters: layer selection "fixed" without the layer. Remedy: give the fixed amateur layer.</summary>
    FixedLayerMissing,

    /// <summary>Parameters: no layer selection has that name. Remedy: one of <see cref="Layers.LayerSelectionPolicies.Names"/>.</summary>
    UnknownLayerSelection,

    /// <summary>Parameters: alpha is outside [0, 1] or NaN. Remedy: 0.1 is customary.</summary>
    AlphaOutOfRange,

    /// <summary>Parameters: beta is NaN or infinite. Remedy: send a finite number; 0 is plain decoding.</summary>
    BetaNotFinite,

    /// <summary>Parameters: the cap on beta is negative, NaN or infinite. Remedy: a number >= 0, or none for no cap.</summary>
    BetaCapOutOfRange,

    /// <summary>Parameters: the target layer is NaN or infinite. Remedy: send a finite number.</summary>
    TargetLayerNotFinite,

    /// <summary>Parameters: the target layer is below L. Remedy: L or more; L itself is plain decoding.</summary>
    TargetLayerBelowExpert,

    /// <summary>Parameters or verbalizer: fewer than two labels, so there is nothing to decide. Remedy: give two or more.</summary>
    LabelSetTooSmall,

    /// <summary>Verbalizer: a label has no token. Remedy: give each label at least one word that tokenizes.</summary>
    LabelWithoutTokens,

    /// <summary>Verbalizer: two labels share a first token and could not be told apart. Remedy: use other words, or a leading
    /// space.</summary>
    LabelTokenShared,

    /// <summary>Verbalizer: a token id is negative. Remedy: use Tokenize.</summary>
    TokenOutOfRange,

    /// <summary>Verbalizer: priors are not one positive finite number per label. Remedy: one per label, in label order.</summary>
    PriorsInvalid,

    /// <summary>Decision: logits hold NaN or +infinity, a layer is -infinity throughout, or the contrast leaves no score. Remedy: the
    /// weights or the input are broken; report it.</summary>
    NonFiniteLogits,
}
