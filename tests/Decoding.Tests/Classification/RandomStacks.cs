using Strata.Decoding.Classification;

namespace Strata.Decoding.Tests.Classification;

/// <summary>Random logits of a 7-layer model over 9 labels, and decisions on them.</summary>
internal static class RandomStacks
{
    public const int ExpertLayer = 7;
    public const int ClassCount = 9;

    /// <summary>[L+1][C] logits.</summary>
    public static double[][] Next(Random random) =>
        [.. Enumerable.Range(0, ExpertLayer + 1).Select(_ => Numerics.Vectors.Logits<double>(random, ClassCount, spread: 4))];

    public static ContrastiveDecision Decide(ContrastiveParameters parameters, double[][] logits)
    {
        var classifier = new ContrastiveClassifier(parameters, ExpertLayer, ClassCount);
        var buffer = classifier.CreateLogits();
        foreach (var layer in buffer.ExitLayers)
        {
            buffer.Set(layer, logits[layer]);
        }

        var decision = classifier.CreateDecision();
        classifier.Decide(buffer, decision);
        return decision;
    }
}
