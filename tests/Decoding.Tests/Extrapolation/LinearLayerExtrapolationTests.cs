using System.Numerics;
using Strata.Decoding.Extrapolation;
using Strata.Decoding.Numerics;
using Strata.Decoding.Tests.Numerics;

namespace Strata.Decoding.Tests.Extrapolation;

public class LinearLayerExtrapolationTests
{
    [Fact]
    public void LinearLayerExtrapolation_Double_LineFormEqualsContrastFormInvariant() =>
        LineEqualsContrast<double>(cases: 100_000, seed: 5);

    [Fact]
    public void LinearLayerExtrapolation_Float_LineFormEqualsContrastFormInvariant() => LineEqualsContrast<float>(cases: 100_000, seed: 6);

    [Fact]
    public void LinearLayerExtrapolation_Capped_ReadsTheLineAtTheCappedTarget()
    {
        double[] expert = [-0.5, -1.5], amateur = [-1, -0.7], capped = new double[2], nearer = new double[2];

        var beta = LinearLayerExtrapolation.Compute<double>(expert, amateur, [true, true], 10, 9, 20, 3, capped);
        LinearLayerExtrapolation.Compute<double>(expert, amateur, [true, true], 10, 9, 13, null, nearer);

        Assert.Equal(new EffectiveBeta(3, Capped: true), beta);
        Assert.Equal(nearer, capped);
    }

    private static void LineEqualsContrast<T>(int cases, int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        for (var i = 0; i < cases; i++)
        {
            var expertLayer = random.Next(2, 49);
            var amateurLayer = random.Next(0, expertLayer);
            var target = expertLayer + (random.NextDouble() * 24);
            var (expert, amateur) = (LogProbs<T>(random), LogProbs<T>(random));
            var scores = new T[expert.Length];
            bool[] plausible = [true, true, true, true, true, true];

            var beta = LinearLayerExtrapolation.Compute<T>(expert, amateur, plausible, expertLayer, amateurLayer, target, null, scores);

            for (var c = 0; c < scores.Length; c++)
            {
                double e = double.CreateChecked(expert[c]), a = double.CreateChecked(amateur[c]);
                var line = a + ((e - a) / (expertLayer - amateurLayer) * (target - amateurLayer)); // the two-point form
                var magnitude = ((1 + beta.Value) * Math.Abs(e)) + (beta.Value * Math.Abs(a));
                Tolerance.AssertClose(line, double.CreateChecked(scores[c]), Tolerance.Relative<T>() * Math.Max(1, magnitude), $"case {i}, class {c}");
            }
        }
    }

    private static T[] LogProbs<T>(Random random) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = Vectors.Logits<T>(random, 6, spread: 10);
        LogSoftmax.Compute<T>(values, values);
        return values;
    }
}
