using System.Numerics.Tensors;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Tests.Numerics;

/// <summary>What the three layer distances do at the edges, where they differ from one another.</summary>
public class DivergenceTests
{
    private const double NegInf = double.NegativeInfinity;

    [Fact]
    public void Distances_NothingInCommon_ReachTheirBounds()
    {
        var (logP, p) = Distribution([0, NegInf]);
        var (logQ, q) = Distribution([NegInf, 0]);

        Assert.Equal(1, CosineDistance.Compute<double>(p, q));
        Assert.Equal(Math.Log(2), JensenShannonDivergence.Compute<double>(p, logP, q, logQ), 1e-15);
        Assert.Equal(double.PositiveInfinity, MidpointKlDivergence.Compute<double>(p, logP, q, logQ));
    }

    [Fact]
    public void Distances_EqualDistributions_AreTheirMinimum()
    {
        var (logP, p) = Distribution(Vectors.Logits<double>(new Random(2), 28));

        Assert.Equal(0.5, CosineDistance.Compute<double>(p, p), 1e-15);
        Assert.Equal(0, JensenShannonDivergence.Compute<double>(p, logP, p, logP), 1e-15);
        Assert.Equal(0, MidpointKlDivergence.Compute<double>(p, logP, p, logP), 1e-15);
    }

    [Fact]
    public void Distances_ArgumentsSwapped_AreEqual()
    {
        var random = new Random(3);
        for (var i = 0; i < 1000; i++)
        {
            var (logP, p) = Distribution(Vectors.Logits<double>(random, 7));
            var (logQ, q) = Distribution(Vectors.Logits<double>(random, 7));
            Assert.Equal(CosineDistance.Compute<double>(p, q), CosineDistance.Compute<double>(q, p), 1e-14);
            Assert.Equal(JensenShannonDivergence.Compute<double>(p, logP, q, logQ), JensenShannonDivergence.Compute<double>(q, logQ, p, logP), 1e-14);
            Assert.Equal(MidpointKlDivergence.Compute<double>(p, logP, q, logQ), MidpointKlDivergence.Compute<double>(q, logQ, p, logP), 1e-14);
            Assert.InRange(JensenShannonDivergence.Compute<double>(p, logP, q, logQ), 0, Math.Log(2));
        }
    }

    [Fact]
    public void MidpointKl_FarApartLayers_PassesLnTwo()
    {
        var (logP, p) = Distribution([30, 0]);
        var (logQ, q) = Distribution([0, 30]);

        // m = 1/2 each: (KL(m||p) + KL(m||q))/2 = 15 - ln 2 up to e^-30; then over two classes.
        Assert.Equal((15 - Math.Log(2)) / 2, MidpointKlDivergence.Compute<double>(p, logP, q, logQ), 1e-12);
    }

    [Fact]
    public void MidpointKl_ClassRuledOutByBoth_AddsNothing()
    {
        var (logP, p) = Distribution([1, NegInf, 0]);
        var (logQ, q) = Distribution([0, NegInf, 2]);
        var (logP2, p2) = Distribution([1, 0]);
        var (logQ2, q2) = Distribution([0, 2]);

        var withRuledOut = MidpointKlDivergence.Compute<double>(p, logP, q, logQ) * 3;

        Assert.Equal(MidpointKlDivergence.Compute<double>(p2, logP2, q2, logQ2) * 2, withRuledOut, 1e-14);
    }

    [Fact]
    public void Entropy_OneHotAndUniform_AreZeroAndLnC()
    {
        var (logOneHot, oneHot) = Distribution([0, NegInf, NegInf]);
        var (logUniform, uniform) = Distribution([4, 4, 4]);

        Assert.Equal(0, Entropy.Compute<double>(oneHot, logOneHot));
        Assert.Equal(Math.Log(3), Entropy.Compute<double>(uniform, logUniform), 1e-15);
    }

    private static (double[] LogProbs, double[] Probs) Distribution(double[] logits)
    {
        double[] logProbs = new double[logits.Length], probs = new double[logits.Length];
        LogSoftmax.Compute<double>(logits, logProbs);
        TensorPrimitives.Exp<double>(logProbs, probs);
        return (logProbs, probs);
    }
}
