namespace Strata.Decoding.Classification;

/// <summary>What was decided for one example and why: filled by <see cref="ContrastiveClassifier.Decide"/>, valid until the next call.
/// Reusable.</summary>
/// <remarks>Made by <see cref="ContrastiveClassifier.CreateDecision"/>. All vectors are float64, natural logarithms. Not
/// thread-safe.</remarks>
public sealed class ContrastiveDecision
{
    private readonly int[] _candidates;

    internal ContrastiveDecision(ReadOnlySpan<int> candidates, int classCount)
    {
        _candidates = candidates.ToArray();
        DistanceBuffer = new double[candidates.Length];
        PlausibleBuffer = new bool[classCount];
        ScoreBuffer = new double[classCount];
        ProbabilityBuffer = new double[classCount];
        ExpertBuffer = new double[classCount];
        AmateurBuffer = new double[classCount];
    }

    /// <summary>Index of the label chosen, 0..C-1; of equal scores the lowest.</summary>
    public int Label { get; internal set; }

    /// <summary>Index of the label plain decoding would have chosen: the expert's largest log-probability, the lowest of equal
    /// ones.</summary>
    public int PlainLabel { get; internal set; }

    /// <summary>Whether the contrast changed the answer.</summary>
    public bool Flipped => Label != PlainLabel;

    /// <summary>The amateur layer chosen for this example; null if the method is plain.</summary>
    public int? AmateurLayer { get; internal set; }

    /// <summary>The beta used, after the cap; 0 if the method is plain.</summary>
    public double Beta { get; internal set; }

    /// <summary>Whether the cap lowered beta.</summary>
    public bool BetaCapped { get; internal set; }

    /// <summary>[K] candidate layers, ascending; empty if the method is plain.</summary>
    public ReadOnlySpan<int> CandidateLayers => _candidates;

    /// <summary>[K] distance of each candidate to the expert; NaN where the selection is fixed and measures none.</summary>
    public ReadOnlySpan<double> SelectionDistances => DistanceBuffer;

    /// <summary>[C] the labels the expert finds plausible; all, if the method is plain.</summary>
    public ReadOnlySpan<bool> Plausible => PlausibleBuffer;

    /// <summary>[C] scores in log space, not normalised; -infinity for implausible labels, +infinity for one that only the amateur rules
    /// out. The expert's log-probabilities if the method is plain.</summary>
    public ReadOnlySpan<double> ContrastiveScores => ScoreBuffer;

    /// <summary>[C] softmax of the scores over the plausible labels; 0 elsewhere.</summary>
    public ReadOnlySpan<double> Probabilities => ProbabilityBuffer;

    /// <summary>[C] log-probabilities of the expert over the label set.</summary>
    public ReadOnlySpan<double> ExpertLogProbs => ExpertBuffer;

    /// <summary>[C] log-probabilities of the amateur over the label set; empty if the method is plain.</summary>
    public ReadOnlySpan<double> AmateurLogProbs => AmateurLayer is null ? [] : AmateurBuffer;

    internal double[] DistanceBuffer { get; }

    internal bool[] PlausibleBuffer { get; }

    internal double[] ScoreBuffer { get; }

    internal double[] ProbabilityBuffer { get; }

    internal double[] ExpertBuffer { get; }

    internal double[] AmateurBuffer { get; }
}
