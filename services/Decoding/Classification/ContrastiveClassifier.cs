using System.Numerics.Tensors;
using Strata.Decoding.Contrast;
using Strata.Decoding.Extrapolation;
using Strata.Decoding.Layers;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Classification;

/// <summary>Decides a label from the logits of several layers: plainly, by static contrast, or by linear layer extrapolation.</summary>
/// <remarks>Owns its workspace: <see cref="Decide"/> allocates nothing, and one instance serves one thread at a time.</remarks>
public sealed class ContrastiveClassifier
{
    private readonly int[] _exitLayers;
    private readonly double[] _logProbs; // [K+1, C]
    private readonly double[] _probs;    // [K+1, C]
    private readonly ILayerSelectionPolicy<double>? _selection; // null: plain

    /// <param name="parameters">Validated here against L and C.</param>
    /// <param name="expertLayer">L, the model's number of layers; at least 1.</param>
    /// <param name="classCount">C, the number of labels.</param>
    /// <exception cref="DecodingException">The parameters violate a rule; <see cref="DecodingException.Violations"/> lists all.</exception>
    /// <exception cref="ArgumentOutOfRangeException">L is below 1, C is negative, or the method is no member of its enum.</exception>
    public ContrastiveClassifier(ContrastiveParameters parameters, int expertLayer, int classCount)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Validate(expertLayer, classCount) is { Count: > 0 } violations)
        {
            throw new DecodingException(violations);
        }

        Parameters = parameters.Method == ContrastiveMethod.Extrapolation
            ? parameters with { TargetLayer = parameters.TargetLayer ?? expertLayer + ContrastiveDefaults.LayersBeyondExpert }
            : parameters;
        ExpertLayer = expertLayer;
        ClassCount = classCount;
        _exitLayers = parameters.ExitLayers(expertLayer);
        _logProbs = new double[_exitLayers.Length * classCount];
        _probs = new double[_logProbs.Length];
        _selection = parameters.Method == ContrastiveMethod.Plain
            ? null
            : LayerSelectionPolicies.Create<double>(parameters.LayerSelection, parameters.FixedAmateurLayer);
    }

    /// <summary>The parameters in effect: as given, with the target layer filled in where extrapolation left it open.</summary>
    public ContrastiveParameters Parameters { get; }

    /// <summary>L.</summary>
    public int ExpertLayer { get; }

    /// <summary>C.</summary>
    public int ClassCount { get; }

    /// <summary>[K+1] the layers to read out, ascending; the last is the expert.</summary>
    public ReadOnlySpan<int> ExitLayers => _exitLayers;

    /// <summary>A buffer for one example's logits at <see cref="ExitLayers"/>.</summary>
    public LayerLogits CreateLogits() => new(_exitLayers, ClassCount);

    /// <summary>A decision to be filled, again and again, by <see cref="Decide"/>.</summary>
    public ContrastiveDecision CreateDecision() => new(_exitLayers.AsSpan()[..^1], ClassCount);

    /// <summary>Decides one example; the steps are those of <see cref="LinearLayerExtrapolation"/>.</summary>
    /// <param name="logits">Complete, of this classifier's exit layers and C.</param>
    /// <param name="decision">Receives the result; unspecified if an exception is thrown.</param>
    /// <exception cref="ArgumentException">The buffers are another classifier's, or a layer has not been set.</exception>
    /// <exception cref="DecodingException">NonFiniteLogits: a logit is NaN or +infinity, a layer is -infinity throughout, or no label keeps
    /// a score. A logit of -infinity alone is a probability of 0: the expert's rules the label out, the amateur's favours it.</exception>
    /// <remarks>Allocates nothing. Adding a constant to a layer's logits changes nothing, so log-probabilities decide as logits
    /// do.</remarks>
    public void Decide(LayerLogits logits, ContrastiveDecision decision)
    {
        RequireMine(logits, decision);

        // 1. f = ln p, and p
        for (var row = 0; row < _exitLayers.Length; row++)
        {
            if (!LogSoftmax.TryCompute(logits.Row(row), LogProbs(row)))
            {
                throw NonFinite(_exitLayers[row]);
            }
        }

        var expertLogProbs = LogProbs(_exitLayers.Length - 1);
        expertLogProbs.CopyTo(decision.ExpertBuffer);
        decision.PlainLabel = TensorPrimitives.IndexOfMax<double>(expertLogProbs);
        if (_selection is null)
        {
            DecidePlainly(decision);
            return;
        }

        // 2. the amateur
        TensorPrimitives.Exp<double>(_logProbs, _probs);
        var amateurRow = _selection.Select(new LayerDistributions<double>(_exitLayers, _probs, _logProbs), decision.DistanceBuffer);
        var amateurLogProbs = LogProbs(amateurRow);
        amateurLogProbs.CopyTo(decision.AmateurBuffer);
        decision.AmateurLayer = _exitLayers[amateurRow];

        // 3. and 4. plausible labels and their scores
        Plausibility.Mark<double>(expertLogProbs, Parameters.PlausibilityAlpha, decision.PlausibleBuffer);
        var beta = Score(expertLogProbs, amateurLogProbs, _exitLayers[amateurRow], decision);
        decision.Beta = beta.Value;
        decision.BetaCapped = beta.Capped;

        // 5. the answer
        Softmax.Compute<double>(decision.ScoreBuffer, decision.ProbabilityBuffer);
        decision.Label = TensorPrimitives.IndexOfMax<double>(decision.ScoreBuffer);
    }

    private static void DecidePlainly(ContrastiveDecision decision)
    {
        decision.AmateurLayer = null;
        decision.Beta = 0;
        decision.BetaCapped = false;
        decision.PlausibleBuffer.AsSpan().Fill(true);
        decision.ExpertBuffer.CopyTo(decision.ScoreBuffer, 0);
        Softmax.Compute<double>(decision.ScoreBuffer, decision.ProbabilityBuffer);
        decision.Label = decision.PlainLabel;
    }

    private EffectiveBeta Score(
        ReadOnlySpan<double> expertLogProbs, ReadOnlySpan<double> amateurLogProbs, int amateurLayer, ContrastiveDecision decision)
    {
        if (Parameters.Method == ContrastiveMethod.Extrapolation)
        {
            return LinearLayerExtrapolation.Compute(
                expertLogProbs,
                amateurLogProbs,
                decision.PlausibleBuffer,
                ExpertLayer,
                amateurLayer,
                Parameters.TargetLayer!.Value,
                Parameters.BetaCap,
                decision.ScoreBuffer.AsSpan());
        }

        ContrastiveScore.Compute(expertLogProbs, amateurLogProbs, decision.PlausibleBuffer, Parameters.Beta, decision.ScoreBuffer);
        return new(Parameters.Beta, Capped: false);
    }

    private Span<double> LogProbs(int row) => _logProbs.AsSpan(row * ClassCount, ClassCount);

    private void RequireMine(LayerLogits logits, ContrastiveDecision decision)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(decision);
        if (logits.ClassCount != ClassCount || !logits.ExitLayers.SequenceEqual(_exitLayers))
        {
            throw new ArgumentException("The logits are not of this classifier's layers and labels.", nameof(logits));
        }

        if (!logits.IsComplete)
        {
            throw new ArgumentException("A layer's logits have not been set.", nameof(logits));
        }

        if (decision.Plausible.Length != ClassCount || !decision.CandidateLayers.SequenceEqual(_exitLayers.AsSpan()[..^1]))
        {
            throw new ArgumentException("The decision was made for another classifier.", nameof(decision));
        }
    }

    private static DecodingException NonFinite(int layer) => new(
        DecodingError.NonFiniteLogits,
        $"The logits of layer {layer} hold NaN or +infinity, or are all -infinity; the model's weights or the input are broken.");
}
