using Strata.Cli.Bench.Measure;

namespace Strata.Cli.Tests.Bench.Measure;

/// <summary>Percentiles against the sorted values, within the error that the class states.</summary>
public sealed class LogLinearHistogramTests
{
    private static readonly double[] _percents = [0, 1, 25, 50, 90, 95, 99, 99.9, 99.99, 100];

    public static TheoryData<string, int> Distributions => new()
    {
        { "uniform", 1 }, { "uniform", 100_000 }, { "exponential", 50_000 }, { "two modes", 30_000 }, { "equal", 1000 }, { "small", 5000 }, { "all magnitudes", 20_000 },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Percentile_AnyDistribution_IsTheSortedValueWithinTheStatedError(string distribution, int count)
    {
        var values = Values(distribution, count);
        var histogram = Of(values);
        Array.Sort(values);
        Assert.All(_percents, percent =>
        {
            var exact = values[Math.Clamp((int)Math.Ceiling(percent / 100 * count), 1, count) - 1];
            Assert.InRange(histogram.Percentile(percent), exact * (1 - LogLinearHistogram.RelativeError), exact * (1 + LogLinearHistogram.RelativeError));
        });
        Assert.Equal((values[0], values[^1], (long)count), (histogram.Min, histogram.Max, histogram.Count));
        Assert.Equal(values.Average(), histogram.Mean, values.Average() * 1e-12);
    }

    [Fact]
    public void Percentile_ValuesBelowTwoRows_AreExact()
    {
        var histogram = Of([.. Enumerable.Range(0, 256).Select(value => (long)value)]);
        Assert.All(Enumerable.Range(1, 255), rank => Assert.Equal(rank - 1, histogram.Percentile(rank * 100 / 256.0)));
    }

    [Theory]
    [InlineData(99.9, 1000)]
    [InlineData(99.9, 2000)]
    [InlineData(55, 100)]
    [InlineData(99, 100)]
    public void Percentile_RankThatIsWhole_IsThatRank(double percent, int count)
    {
        var rank = (int)((long)(percent * 10) * count / 1000);
        Assert.Equal(1, Of([.. Enumerable.Range(1, count).Select(number => number < rank ? 0L : number == rank ? 1 : 2)]).Percentile(percent));
    }

    [Fact]
    public void Add_TwoHalves_EqualsTheWhole()
    {
        var values = Values("exponential", 10_000);
        var whole = Of(values);
        var halves = Of(values[..3000]);
        halves.Add(Of(values[3000..]));
        halves.Add(new LogLinearHistogram());
        Assert.Equal(whole.Buckets(), halves.Buckets());
        Assert.Equal((whole.Count, whole.Min, whole.Max, whole.Mean), (halves.Count, halves.Min, halves.Max, halves.Mean));
    }

    [Fact]
    public void Record_LargestValue_IsKept()
    {
        var histogram = Of([long.MaxValue]);
        Assert.Equal(long.MaxValue, histogram.Percentile(50));
        Assert.Single(histogram.Buckets());
    }

    [Fact]
    public void Record_NegativeValue_CountsAsZero() => Assert.Equal(0, Of([-5]).Max);

    [Fact]
    public void Percentile_NoValues_IsZero()
    {
        var histogram = new LogLinearHistogram();
        Assert.Equal((0, 0, 0, 0.0), (histogram.Percentile(99), histogram.Min, histogram.Max, histogram.Mean));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(100.1)]
    public void Percentile_OutOfRange_IsRefused(double percent) => Assert.Throws<ArgumentOutOfRangeException>(() => new LogLinearHistogram().Percentile(percent));

    private static LogLinearHistogram Of(long[] values)
    {
        var histogram = new LogLinearHistogram();
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        return histogram;
    }

    private static long[] Values(string distribution, int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(index => distribution switch
        {
            "uniform" => random.NextInt64(1_000_000, 20_000_000),
            "exponential" => (long)(-Math.Log(1 - random.NextDouble()) * 5e6),
            "two modes" => index % 100 == 0 ? random.NextInt64(900_000_000, 1_100_000_000) : random.NextInt64(400_000, 500_000),
            "equal" => 123_456_789,
            "small" => random.NextInt64(0, 300),
            _ => 1L << random.Next(0, 40),
        })];
    }
}
