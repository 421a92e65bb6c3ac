using Strata.Decoding.Numerics;

namespace Strata.Decoding.Tests.Numerics;

public class SoftmaxTests
{
    private const double Inf = double.PositiveInfinity;

    [Theory]
    [InlineData(new[] { 1000.0, 1000, -Inf, -1000 }, new[] { 0.5, 0.5, 0, 0 })]
    [InlineData(new[] { 5.0, Inf, 1e300 }, new[] { 0.0, 1, 0 })]
    [InlineData(new[] { Inf, 0, Inf, -Inf }, new[] { 0.5, 0, 0.5, 0 })]
    public void Softmax_ExtremeScores_SharesProbabilityByTheLimit(double[] scores, double[] expected)
    {
        var probs = new double[scores.Length];

        Softmax.Compute<double>(scores, probs);

        Assert.Equal(expected, probs);
    }

    [Fact]
    public void Softmax_InPlaceWithInfinity_EqualsOutOfPlace()
    {
        double[] scores = [1, Inf, Inf];

        Softmax.Compute<double>(scores, scores);

        Assert.Equal([0, 0.5, 0.5], scores);
    }

    [Theory]
    [InlineData(double.NaN, Inf)]
    [InlineData(-Inf, -Inf)]
    public void Softmax_NothingToChoose_ThrowsNonFiniteLogits(double first, double second)
    {
        var exception = Assert.Throws<DecodingException>(() => Softmax.Compute<double>([first, second], new double[2]));

        Assert.Equal(DecodingError.NonFiniteLogits, exception.Error);
    }
}
