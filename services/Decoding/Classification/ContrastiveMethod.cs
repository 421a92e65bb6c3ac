namespace Strata.Decoding.Classification;

/// <summary>How the layers below the expert take part in the decision.</summary>
public enum ContrastiveMethod
{
    /// <summary>They do not: the label with the largest expert probability.</summary>
    Plain,

    /// <summary>Contrast with a given beta: (1 + beta) ln p_e - beta ln p_a. docs/equations.md CS-1.</summary>
    StaticBeta,

    /// <summary>Linear layer extrapolation: beta follows, for each example, from the target layer and the amateur chosen.
    /// docs/equations.md LLE-1, LLE-2.</summary>
    Extrapolation,
}
