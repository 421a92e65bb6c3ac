using Strata.Decoding.Contrast;
using Strata.Decoding.Numerics;
using Strata.Decoding.Tests.Numerics;

namespace Strata.Decoding.Tests.Contrast;

public class PlausibilityTests
{
    private static readonly double[] LogProbs = [Math.Log(0.6), Math.Log(0.3), Math.Log(0.1), double.NegativeInfinity];

    [Theory]
    [InlineData(0, new[] { true, true, true, true })]
    [InlineData(0.1, new[] { true, true, true, false })]
    [InlineData(0.2, new[] { true, true, false, false })]
    [InlineData(0.51, new[] { true, false, false, false })]
    [InlineData(1, new[] { true, false, false, false })]
    public void Plausibility_Alpha_KeepsClassesAtOrAboveTheBar(double alpha, bool[] expected)
    {
        var plausible = new bool[4];

        var count = Plausibility.Mark<double>(LogProbs, alpha, plausible);

        Assert.Equal(expected, plausible);
        Assert.Equal(expected.Count(p => p), count);
    }

    [Fact]
    public void Plausibility_ExactlyAtTheBar_Keeps()
    {
        var plausible = new bool[2];

        Plausibility.Mark<double>([0, Math.Log(0.5)], 0.5, plausible);

        Assert.Equal([true, true], plausible);
    }

    [Fact]
    public void Plausibility_AlphaIsOneAndExpertTies_KeepsEveryTiedClass()
    {
        var plausible = new bool[3];

        Plausibility.Mark<double>([-1, -2, -1], 1, plausible);

        Assert.Equal([true, false, true], plausible);
    }

    [Fact]
    public void Plausibility_AnyAlpha_NeverEmptyInvariant()
    {
        var random = new Random(4);
        for (var i = 0; i < 20_000; i++)
        {
            var logits = Vectors.Logits<float>(random, random.Next(1, 40), spread: Math.Pow(10, random.Next(-30, 30)));
            LogSoftmax.Compute<float>(logits, logits);
            var plausible = new bool[logits.Length];
            Assert.True(Plausibility.Mark<float>(logits, random.NextDouble(), plausible) >= 1);
            Assert.True(plausible[Array.IndexOf(logits, logits.Max())]);
        }
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Plausibility_AlphaOutOfRange_ThrowsArgumentException(double alpha) =>
        Assert.ThrowsAny<ArgumentException>(() => Plausibility.Mark<double>(LogProbs, alpha, new bool[4]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Plausibility_NoDistribution_ThrowsNonFiniteLogits(double bad)
    {
        var exception = Assert.Throws<DecodingException>(() => Plausibility.Mark<double>([0, bad], 0.1, new bool[2]));

        Assert.Equal(DecodingError.NonFiniteLogits, exception.Error);
    }
}
