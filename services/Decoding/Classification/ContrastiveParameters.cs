using Strata.Decoding.Layers;

namespace Strata.Decoding.Classification;

/// <summary>How to decide: the immutable input of <see cref="ContrastiveClassifier"/>. Layers are numbered 0 (embeddings) to L (last
/// block).</summary>
/// <remarks>A value out of its range is a violation whatever the method; a value the method does not use is otherwise ignored.</remarks>
public sealed record ContrastiveParameters
{
    /// <summary>Whether and how layers below the expert take part.</summary>
    /// <value>The default is <see cref="ContrastiveDefaults.Method"/>.</value>
    public ContrastiveMethod Method { get; init; } = ContrastiveDefaults.Method;

    /// <summary>How the amateur is chosen: a name of <see cref="LayerSelectionPolicies"/>.</summary>
    /// <value>The default is <see cref="ContrastiveDefaults.LayerSelection"/>.</value>
    public string LayerSelection { get; init; } = ContrastiveDefaults.LayerSelection;

    /// <summary>The amateur, in 1..L-1, where the layer selection is "fixed"; null otherwise. <see cref="CandidateLayers"/> is then
    /// ignored.</summary>
    public int? FixedAmateurLayer { get; init; }

    /// <summary>The layers from which the amateur is selected, within 1..L-1.</summary>
    /// <value>The default is all of 1..L-1.</value>
    public CandidateLayers CandidateLayers { get; init; } = CandidateLayers.All;

    /// <summary>A label is plausible if the expert gives it at least this share (0..1) of its best label's probability. 1 is plain
    /// decoding.</summary>
    /// <value>The default is <see cref="ContrastiveDefaults.PlausibilityAlpha"/>.</value>
    public double PlausibilityAlpha { get; init; } = ContrastiveDefaults.PlausibilityAlpha;

    /// <summary>Contrast strength of <see cref="ContrastiveMethod.StaticBeta"/>, any finite number; 0 is plain decoding, a negative one
    /// pulls towards the amateur.</summary>
    /// <value>The default is <see cref="ContrastiveDefaults.Beta"/>.</value>
    public double Beta { get; init; } = ContrastiveDefaults.Beta;

    /// <summary>Virtual layer that <see cref="ContrastiveMethod.Extrapolation"/> reads, L or more, not necessarily whole; L is plain
    /// decoding.</summary>
    /// <value>Null, the default, means L + <see cref="ContrastiveDefaults.LayersBeyondExpert"/>.</value>
    public double? TargetLayer { get; init; }

    /// <summary>Largest beta that <see cref="ContrastiveMethod.Extrapolation"/> may reach, 0 or more.</summary>
    /// <value>Null, the default, means no cap, as in the paper.</value>
    public double? BetaCap { get; init; }

    /// <summary>Everything that keeps these parameters from being used on a model and a label set.</summary>
    /// <param name="expertLayer">L, the model's number of layers; at least 1.</param>
    /// <param name="classCount">C, the number of labels.</param>
    /// <returns>All violations, in the order of the properties; empty if there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">L is below 1, C is negative, or the method is no member of its enum.</exception>
    public IReadOnlyList<ParameterViolation> Validate(int expertLayer, int classCount) =>
        ContrastiveParametersValidation.Run(this, expertLayer, classCount);

    /// <summary>The layers a backbone must read out: the possible amateurs, ascending, then L. Only L if the method is plain.</summary>
    /// <param name="expertLayer">L.</param>
    /// <exception cref="ArgumentException">The parameters do not validate on L.</exception>
    public int[] ExitLayers(int expertLayer) => Method switch
    {
        ContrastiveMethod.Plain => [expertLayer],
        _ when LayerSelection == LayerSelectionPolicies.Fixed =>
            [FixedAmateurLayer ?? throw new ArgumentException("The fixed amateur layer is missing."), expertLayer],
        _ => [.. CandidateLayers.ToArray(expertLayer), expertLayer],
    };
}
