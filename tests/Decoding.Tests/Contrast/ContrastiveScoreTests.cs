using Strata.Decoding.Contrast;

namespace Strata.Decoding.Tests.Contrast;

public class ContrastiveScoreTests
{
    private const double NegInf = double.NegativeInfinity;

    [Fact]
    public void ContrastiveScore_BetaHalf_IsThePaperFormula() =>
        Assert.Equal([(1.5 * -1) - (0.5 * -3), (1.5 * -2) - (0.5 * -0.5)], Score([-1, -2], [-3, -0.5], [true, true], 0.5));

    [Fact]
    public void ContrastiveScore_Implausible_IsNegativeInfinity() =>
        Assert.Equal([NegInf, -2], Score([-1, -2], [-9, -2], [false, true], 1));

    [Fact]
    public void ContrastiveScore_ScoreExactlyZero_IsNotMasked() =>
        // The paper's code masks this one: it multiplies by the mask and then replaces zeros.
        Assert.Equal([0, -4], Score([0, -2], [0, 0], [true, true], 1));

    [Fact]
    public void ContrastiveScore_BetaZero_IsTheExpertEvenWhereTheAmateurIsInfinite() =>
        Assert.Equal([-1, -2], Score([-1, -2], [NegInf, 0], [true, true], 0));

    [Theory]
    [InlineData(0.5, double.PositiveInfinity)]
    [InlineData(-0.25, NegInf)]
    public void ContrastiveScore_OnlyTheAmateurRulesOut_FollowsTheSignOfBeta(double beta, double expected) =>
        Assert.Equal(expected, Score([-1, -2], [NegInf, -0.1], [true, true], beta)[0]);

    [Theory]
    [InlineData(0.5, NegInf)]
    [InlineData(0.5, -1)]
    [InlineData(-1, -1)]
    [InlineData(-2, -1)]
    [InlineData(0, -1)]
    public void ContrastiveScore_ExpertRulesOut_IsNegativeInfinityWhateverTheAmateur(double beta, double amateur) =>
        Assert.Equal(NegInf, Score([NegInf, 0], [amateur, -0.5], [true, true], beta)[0]);

    [Fact]
    public void ContrastiveScore_AmateurRulesOutAllThatIsPlausible_ThrowsNonFiniteLogits() =>
        AssertNonFinite([0, -9], [NegInf, 0], [true, false], -0.25);

    [Fact]
    public void ContrastiveScore_BetaOverflows_ThrowsNonFiniteLogits() => AssertNonFinite([-1e10, -2], [-1e10, -2], [true, true], 1e300);

    [Fact]
    public void ContrastiveScore_NothingPlausible_ThrowsNonFiniteLogits() => AssertNonFinite([0, -9], [0, -9], [false, false], 1);

    [Fact]
    public void ContrastiveScore_NaNInput_ThrowsNonFiniteLogits() => AssertNonFinite([0, -9], [double.NaN, -9], [true, true], 1);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ContrastiveScore_BetaNotFinite_ThrowsArgumentException(double beta) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Score([0, -9], [0, -9], [true, true], beta));

    [Fact]
    public void ContrastiveScore_ScoresOverlapInput_ThrowsArgumentException()
    {
        double[] expert = [-1, -2], amateur = [-2, -1];

        Assert.Throws<ArgumentException>(() => ContrastiveScore.Compute<double>(expert, amateur, [true, true], 1, expert));
        Assert.Throws<ArgumentException>(() => ContrastiveScore.Compute<double>(expert, amateur, [true, true], 1, amateur));
    }

    private static void AssertNonFinite(double[] expert, double[] amateur, bool[] plausible, double beta) =>
        Assert.Equal(DecodingError.NonFiniteLogits, Assert.Throws<DecodingException>(() => Score(expert, amateur, plausible, beta)).Error);

    private static double[] Score(double[] expert, double[] amateur, bool[] plausible, double beta)
    {
        var scores = new double[expert.Length];
        ContrastiveScore.Compute(expert, amateur, plausible, beta, scores.AsSpan());
        return scores;
    }
}
