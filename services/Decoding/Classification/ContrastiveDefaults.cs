namespace Strata.Decoding.Classification;

/// <summary>The library's constants for absent parameters. The host resolves request > its configuration > these.</summary>
public static class ContrastiveDefaults
{
    /// <summary>Extrapolation: the product's reason to exist, and steadier over the choice of candidates than a static beta.</summary>
    public const ContrastiveMethod Method = ContrastiveMethod.Extrapolation;

    /// <summary>The selection of the extrapolation paper's released code.</summary>
    public const string LayerSelection = Layers.LayerSelectionPolicies.MaxCosineDistance;

    /// <summary>Ratio 0..1: 0.1, customary in contrastive decoding and DoLa.</summary>
    public const double PlausibilityAlpha = 0.1;

    /// <summary>Static contrast strength: 0.5, customary in contrastive decoding.</summary>
    public const double Beta = 0.5;

    /// <summary>The target layer is this many layers beyond L where none is given.</summary>
    public const int LayersBeyondExpert = 2;
}
