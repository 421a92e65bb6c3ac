using System.Numerics;

namespace Strata.Cli.Bench.Measure;

/// <summary>Counts of non-negative integers in buckets whose width grows with the value: any percentile of any number of values, in bounded memory.</summary>
/// <remarks>
/// Row 0 holds 0..127 one by one; row r of the others holds 2^(r+6)..2^(r+7)-1 in 128 equal buckets. A bucket is reported by its
/// middle, so a percentile is off by at most <see cref="RelativeError"/> of the value at that rank; minimum, maximum and mean are
/// exact. Rows are made when first needed: values of one order of magnitude cost some KiB. Not safe for concurrent writers.
/// </remarks>
internal sealed class LogLinearHistogram
{
    /// <summary>Bound of |reported - exact| / exact of a percentile.</summary>
    public const double RelativeError = 1.0 / (2 << SubBucketBits);

    private const int SubBucketBits = 7;
    private const int SubBuckets = 1 << SubBucketBits;

    private readonly long[]?[] _rows = new long[64 - SubBucketBits][];
    private long _sum;
    private long _min = long.MaxValue;

    /// <summary>How many values were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Smallest value; 0 of none.</summary>
    public long Min => Count == 0 ? 0 : _min;

    /// <summary>Largest value; 0 of none.</summary>
    public long Max { get; private set; }

    /// <summary>Mean; 0 of none.</summary>
    public double Mean => Count == 0 ? 0 : (double)_sum / Count;

    /// <summary>Counts one value; a negative one counts as 0.</summary>
    public void Record(long value)
    {
        value = Math.Max(value, 0);
        var row = value < SubBuckets ? 0 : BitOperations.Log2((ulong)value) - SubBucketBits + 1;
        var bucket = row == 0 ? value : (value >> (row - 1)) - SubBuckets;
        (_rows[row] ??= new long[SubBuckets])[bucket]++;
        Count++;
        _sum += value;
        _min = Math.Min(_min, value);
        Max = Math.Max(Max, value);
    }

    /// <summary>Adds all values of another histogram.</summary>
    public void Add(LogLinearHistogram other)
    {
        for (var row = 0; row < _rows.Length; row++)
        {
            if (other._rows[row] is not { } theirs)
            {
                continue;
            }

            var mine = _rows[row] ??= new long[SubBuckets];
            for (var bucket = 0; bucket < SubBuckets; bucket++)
            {
                mine[bucket] += theirs[bucket];
            }
        }

        Count += other.Count;
        _sum += other._sum;
        _min = Math.Min(_min, other._min);
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The value that <paramref name="percent"/> of the values do not exceed, by nearest rank; 0 of none.</summary>
    /// <param name="percent">0..100; 0 gives the minimum, 100 the maximum, both exact.</param>
    public long Percentile(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);

        // As decimals: in doubles 99.9% of 1000 is a little over 999, and the rank would be one too high.
        var rank = Math.Clamp((long)Math.Ceiling((decimal)percent * Count / 100), 1, Math.Max(Count, 1));
        if (rank == Count)
        {
            return Max;
        }

        var seen = 0L;
        foreach (var (value, count) in Buckets())
        {
            seen += count;
            if (seen >= rank)
            {
                return Math.Clamp(value, Min, Max);
            }
        }

        return Max;
    }

    /// <summary>The middle and the count of each bucket that holds something, ascending.</summary>
    public IEnumerable<(long Value, long Count)> Buckets()
    {
        for (var row = 0; row < _rows.Length; row++)
        {
            for (var bucket = 0; _rows[row] is { } counts && bucket < SubBuckets; bucket++)
            {
                if (counts[bucket] > 0)
                {
                    yield return (Middle(row, bucket), counts[bucket]);
                }
            }
        }
    }

    private static long Middle(int row, int bucket)
    {
        if (row == 0)
        {
            return bucket;
        }

        var width = 1L << (row - 1);
        return (SubBuckets + bucket) * width + (width - 1) / 2;
    }
}
