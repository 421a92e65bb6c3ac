using System.Numerics;

namespace Strata.Decoding.Tests.Numerics;

/// <summary>Inputs of the kernel tests: every vector tail, block edges, and a vocabulary.</summary>
internal static class Vectors
{
    public static IEnumerable<int> Lengths => [.. Enumerable.Range(1, 256), 511, 512, 513, 1024, 1025, 50_257];

    public static T[] Logits<T>(Random random, int length, double spread = 5) where T : INumber<T> =>
        [.. Enumerable.Range(0, length).Select(_ => T.CreateChecked((random.NextDouble() - 0.5) * 2 * spread))];

    public static double[] Widen<T>(T[] values) where T : INumber<T> => [.. values.Select(double.CreateChecked)];
}
