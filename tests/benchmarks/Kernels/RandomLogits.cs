using System.Numerics;

namespace Strata.Benchmarks.Kernels;

/// <summary>Input of the kernels: the same numbers in every run.</summary>
internal static class RandomLogits
{
    /// <summary>[width] normal logits with standard deviation 3, about what a trained head gives.</summary>
    public static T[] Next<T>(int seed, int width) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, width).Select(_ =>
            T.CreateChecked(3 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }

    /// <summary>[width] log-probabilities.</summary>
    public static T[] NextLogProbs<T>(int seed, int width) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var logits = Next<T>(seed, width);
        ScalarLoops.LogSoftmax<T>(logits, logits);
        return logits;
    }
}
