using System.Numerics;
using System.Numerics.Tensors;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Tests.Numerics;

/// <summary>Each kernel against its obvious scalar form, over lengths 1..256, around the block size, and 50,257.</summary>
public class KernelLengthTests
{
    [Fact]
    public void Kernels_DoubleAllLengths_MatchScalarReference() => Match<double>();

    [Fact]
    public void Kernels_FloatAllLengths_MatchScalarReference() => Match<float>();

    private static void Match<T>() where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
    {
        var random = new Random(20240801);
        foreach (var n in Vectors.Lengths)
        {
            var x = Vectors.Logits<T>(random, n);
            var y = Vectors.Logits<T>(random, n);
            double[] wideX = Vectors.Widen(x), wideY = Vectors.Widen(y);

            AssertClose<T>(Reference.LogSumExp(wideX), LogSumExp.Compute<T>(x), $"LogSumExp {n}");
            var (logP, p) = Distribution(x);
            var (logQ, q) = Distribution(y);
            AssertAll<T>(Reference.LogSoftmax(wideX), logP, $"LogSoftmax {n}");
            var softmax = new T[n];
            Softmax.Compute<T>(x, softmax);
            double[] wideP = Reference.Softmax(wideX), wideQ = Reference.Softmax(wideY);
            AssertAll<T>(wideP, softmax, $"Softmax {n}");

            AssertClose<T>(Reference.Entropy(wideP), Entropy.Compute<T>(p, logP), $"Entropy {n}");
            AssertClose<T>(Reference.Cosine(wideP, wideQ), CosineDistance.Compute<T>(p, q), $"CosineDistance {n}");
            AssertClose<T>(Reference.JensenShannon(wideP, wideQ), JensenShannonDivergence.Compute<T>(p, logP, q, logQ), $"JensenShannon {n}");
            AssertClose<T>(Reference.MidpointKl(wideP, wideQ), MidpointKlDivergence.Compute<T>(p, logP, q, logQ), $"MidpointKl {n}");
        }
    }

    private static (T[] LogProbs, T[] Probs) Distribution<T>(T[] logits) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] logProbs = new T[logits.Length], probs = new T[logits.Length];
        LogSoftmax.Compute<T>(logits, logProbs);
        TensorPrimitives.Exp<T>(logProbs, probs);
        return (logProbs, probs);
    }

    private static void AssertClose<T>(double expected, T actual, string what) where T : INumber<T> =>
        Tolerance.AssertClose(expected, double.CreateChecked(actual), Tolerance.Relative<T>() * Math.Max(1, Math.Abs(expected)), what);

    private static void AssertAll<T>(double[] expected, T[] actual, string what) where T : INumber<T>
    {
        for (var i = 0; i < expected.Length; i++)
        {
            AssertClose(expected[i], actual[i], $"{what} [{i}]");
        }
    }
}
