using System.Diagnostics.CodeAnalysis;

namespace Strata.Decoding.Numerics;

/// <summary>The one precondition all kernels share: equal lengths, at least one element.</summary>
internal static class SpanLengths
{
    /// <exception cref="ArgumentException"><paramref name="length"/> is 0.</exception>
    public static void RequireNonEmpty(int length)
    {
        if (length == 0)
        {
            ThrowEmpty();
        }
    }

    /// <exception cref="ArgumentException"><paramref name="length"/> is 0, or <paramref name="other"/> differs from it.</exception>
    public static void RequireEqual(int length, int other)
    {
        RequireNonEmpty(length);
        if (length != other)
        {
            ThrowDiffer(length, other);
        }
    }

    [DoesNotReturn]
    private static void ThrowEmpty() => throw new ArgumentException("The span must not be empty.");

    [DoesNotReturn]
    private static void ThrowDiffer(int length, int other) =>
        throw new ArgumentException($"The spans must be equally long, but have {length} and {other} elements.");
}
