using Strata.Decoding.Classification;

namespace Strata.Benchmarks.Kernels;

/// <summary>A whole decision over 24 layers and 28 labels with the default parameters: extrapolation, cosine selection.</summary>
internal sealed class DecideKernel : KernelCase
{
    public const int LayerCount = 24;
    public const int ClassCount = 28;

    private readonly ContrastiveClassifier _classifier = new(new ContrastiveParameters(), LayerCount, ClassCount);
    private readonly LayerLogits _logits;
    private readonly ContrastiveDecision _decision;
    private readonly double[][] _rows = [.. Enumerable.Range(1, LayerCount).Select(layer => RandomLogits.Next<double>(layer, ClassCount))];
    private readonly double[][] _logProbs = [.. Enumerable.Range(1, LayerCount).Select(_ => new double[ClassCount])];
    private readonly double[][] _probs = [.. Enumerable.Range(1, LayerCount).Select(_ => new double[ClassCount])];
    private readonly bool[] _plausible = new bool[ClassCount];
    private readonly double[] _scores = new double[ClassCount];

    public DecideKernel()
    {
        _logits = _classifier.CreateLogits();
        _decision = _classifier.CreateDecision();
        for (var layer = 1; layer <= LayerCount; layer++)
        {
            _logits.Set(layer, _rows[layer - 1]);
        }
    }

    public override string Name => "Decide";

    public override string Size => $"{LayerCount} layers x {ClassCount} labels";

    public override double Strata()
    {
        _classifier.Decide(_logits, _decision);
        return _decision.Label + _decision.Probabilities[_decision.Label];
    }

    public override double ScalarLoop()
    {
        for (var row = 0; row < LayerCount; row++)
        {
            ScalarLoops.LogSoftmax<double>(_rows[row], _logProbs[row]);
            ScalarLoops.Exp<double>(_logProbs[row], _probs[row]);
        }

        var expert = LayerCount - 1;
        var amateur = 0;
        var largest = double.NegativeInfinity;
        for (var row = 0; row < expert; row++)
        {
            var distance = ScalarLoops.CosineDistance<double>(_probs[expert], _probs[row]);
            if (distance > largest)
            {
                (amateur, largest) = (row, distance);
            }
        }

        var beta = (_classifier.Parameters.TargetLayer!.Value - LayerCount) / (expert - amateur);
        ScalarLoops.MarkPlausible<double>(_logProbs[expert], _classifier.Parameters.PlausibilityAlpha, _plausible);
        ScalarLoops.ContrastiveScore(_logProbs[expert], _logProbs[amateur], _plausible, beta, _scores);
        var label = ScalarLoops.IndexOfMax<double>(_scores);
        ScalarLoops.Softmax<double>(_scores, _scores);
        return label + _scores[label];
    }
}
