using Strata.Decoding.Numerics;

namespace Strata.Decoding.Tests.Numerics;

public class LogSoftmaxTests
{
    [Fact]
    public void LogSoftmax_LogitsOfAThousand_StaysExact()
    {
        var small = new double[3];
        var large = new double[3];

        LogSoftmax.Compute<double>([0, 1, 2], small);
        LogSoftmax.Compute<double>([1000, 1001, 1002], large);

        Assert.Equal(small, large);
    }

    [Fact]
    public void LogSoftmax_HugeLogits_KeepsTheirDifferences()
    {
        var logProbs = new float[3];

        LogSoftmax.Compute<float>([1e30f, -1e30f, 0.5e30f], logProbs);

        Assert.Equal([0f, -2e30f, -0.5e30f], logProbs);
    }

    [Fact]
    public void LogSoftmax_NegativeInfinity_IsProbabilityZero()
    {
        var logProbs = new double[3];

        LogSoftmax.Compute<double>([double.NegativeInfinity, 3, 3], logProbs);

        Assert.Equal(double.NegativeInfinity, logProbs[0]);
        Assert.Equal(-Math.Log(2), logProbs[1], 1e-15);
    }

    [Fact]
    public void LogSoftmax_InPlace_EqualsOutOfPlace()
    {
        var logits = Vectors.Logits<double>(new Random(1), 1000);
        var apart = new double[1000];
        LogSoftmax.Compute<double>(logits, apart);

        LogSoftmax.Compute<double>(logits, logits);

        Assert.Equal(apart, logits);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    public void LogSoftmax_NoDistribution_ThrowsNonFiniteLogits(double first, double second)
    {
        var exception = Assert.Throws<DecodingException>(() => LogSoftmax.Compute<double>([first, second], new double[2]));

        Assert.Equal(DecodingError.NonFiniteLogits, exception.Error);
    }
}
