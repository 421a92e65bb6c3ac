namespace Strata.Backbone.Tests;

/// <summary>tests/golden/README.md: |difference| at most 1e-4 times the largest |value| of the tensor, or 1e-4.</summary>
internal static class Tolerance
{
    public static float Of(ReadOnlySpan<float> expected)
    {
        var largest = 1f;
        foreach (var value in expected)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return 1e-4f * largest;
    }

    /// <summary>Compares rows of a width; rows for which <paramref name="counts"/> is false mean nothing.</summary>
    public static void AssertRows(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int width, string what, Func<int, bool>? counts = null)
    {
        Assert.Equal(expected.Length, actual.Length);
        var tolerance = Of(expected);
        var compared = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            if (counts?.Invoke(i / width) != false)
            {
                compared++;
                if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
                {
                    Assert.Fail($"{what}: element {i} is {actual[i]}, expected {expected[i]} within {tolerance}.");
                }
            }
        }

        Assert.True(compared > 0, $"{what}: nothing to compare.");
    }
}
