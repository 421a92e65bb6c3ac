using Strata.Cli.Bench.Load;

namespace Strata.Cli.Tests.Bench.Load;

public sealed class ArrivalScheduleTests
{
    private const long SecondNs = 1_000_000_000;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(200, 200)]
    [InlineData(0.5, 1)]
    [InlineData(333.3, 334)]
    public void Constant_OneSecond_HoldsTheRate(double rate, int expected) =>
        Assert.Equal(expected, ArrivalSchedule.Constant(rate).TakeWhile(offset => offset < SecondNs).Count());

    [Fact]
    public void Constant_ManyArrivals_DoesNotDrift() => Assert.Equal(100_000 / 3.0 * SecondNs, ArrivalSchedule.Constant(3).ElementAt(100_000), 2.0);

    [Fact]
    public void Poisson_SameSeed_HasTheSameArrivals() =>
        Assert.Equal(ArrivalSchedule.Poisson(100, new Random(1)).Take(1000), ArrivalSchedule.Poisson(100, new Random(1)).Take(1000));

    [Fact]
    public void Poisson_ManyArrivals_HasExponentialGapsOfTheRate()
    {
        const int Count = 100_000;
        const double MeanNs = SecondNs / 250.0;
        var offsets = ArrivalSchedule.Poisson(250, new Random(3)).Take(Count).ToArray();
        var gaps = offsets.Zip(offsets.Skip(1), (first, second) => (double)(second - first)).ToArray();
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean)));

        // Four standard errors of the mean of that many gaps; an exponential's deviation is its mean.
        var standardError = MeanNs / Math.Sqrt(Count);
        Assert.InRange(mean, MeanNs - 4 * standardError, MeanNs + 4 * standardError);
        Assert.InRange(deviation / mean, 0.98, 1.02);
        Assert.All(gaps, gap => Assert.True(gap >= 0));
    }
}
