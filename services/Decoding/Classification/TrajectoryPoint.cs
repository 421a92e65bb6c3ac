namespace Strata.Decoding.Classification;

/// <summary>What one exit layer would answer on its own.</summary>
public sealed class TrajectoryPoint
{
    private readonly double[] _logProbs;
    private readonly double[] _probabilities;

    internal TrajectoryPoint(int layer, double[] logProbs, double[] probabilities, int topLabel, double entropyNats)
    {
        Layer = layer;
        TopLabel = topLabel;
        EntropyNats = entropyNats;
        _logProbs = logProbs;
        _probabilities = probabilities;
    }

    /// <summary>Layer number, 0 (embeddings) to L.</summary>
    public int Layer { get; }

    /// <summary>Index of the layer's most probable label; the lowest of equal ones.</summary>
    public int TopLabel { get; }

    /// <summary>Shannon entropy of the layer's answer: 0 (certain) to ln C (no idea).</summary>
    public double EntropyNats { get; }

    /// <summary>[C] natural-log probabilities over the label set.</summary>
    public ReadOnlySpan<double> LogProbs => _logProbs;

    /// <summary>[C] probabilities over the label set.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;
}
