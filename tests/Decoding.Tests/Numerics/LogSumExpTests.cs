using Strata.Decoding.Numerics;

namespace Strata.Decoding.Tests.Numerics;

public class LogSumExpTests
{
    private const double Inf = double.PositiveInfinity;

    [Fact]
    public void LogSumExp_LogitsOfAThousand_DoesNotOverflow() =>
        Tolerance.AssertClose(1000 + Math.Log(3), LogSumExp.Compute<double>([1000, 1000, 1000]), 1e-12 * 1000, "LogSumExp");

    [Theory]
    [InlineData(new[] { -Inf, -Inf }, -Inf)]
    [InlineData(new[] { 1, Inf }, Inf)]
    [InlineData(new[] { Inf, double.NaN }, double.NaN)]
    [InlineData(new[] { -Inf, 2.5 }, 2.5)]
    public void LogSumExp_NonFinite_FollowsTheLimit(double[] values, double expected) =>
        Assert.Equal(expected, LogSumExp.Compute<double>(values));
}
