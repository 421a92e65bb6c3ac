using System.Numerics;

namespace Strata.Decoding.Tests;

/// <summary>Every tolerance of these tests, once. Golden values were computed in float64; tests/golden/README.md asks for wider margins
/// in float32.</summary>
internal static class Tolerance
{
    /// <summary>Relative to the largest number that enters a sum: float64 carries 1.1e-16 per operation, float32 6e-8, and a log-softmax
    /// over a
    /// vocabulary plus a contrast is some hundred operations deep.</summary>
    public static double Relative<T>() where T : INumber<T> => typeof(T) == typeof(double) ? 1e-12 : 1e-5;

    /// <summary>Absolute, for probabilities and distances: a score's error times at most 1, with beta up to some tens.</summary>
    public static double Probability<T>() where T : INumber<T> => typeof(T) == typeof(double) ? 1e-10 : 1e-4;

    /// <summary>A choice is checked where the two best differ by more than this, relative to the largest finite one (README: 1e-9 in
    /// float64).</summary>
    public static double ChoiceGap<T>() where T : INumber<T> => typeof(T) == typeof(double) ? 1e-9 : 1e-4;

    /// <summary>Plausibility is checked where no class lies closer to the bar, in log space (README: 1e-6 in float64).</summary>
    public static double ApcMargin<T>() where T : INumber<T> => typeof(T) == typeof(double) ? 1e-6 : 1e-4;

    /// <summary>Equal, both infinite with one sign, or within <paramref name="tolerance"/>.</summary>
    public static void AssertClose(double expected, double actual, double tolerance, string what)
    {
        var close = expected.Equals(actual) || Math.Abs(expected - actual) <= tolerance;
        Assert.True(close, $"{what}: expected {expected:R}, got {actual:R}, tolerance {tolerance:R}.");
    }
}
