namespace Strata.Benchmarks.Kernels;

/// <summary>One operation on fixed random input, done by Strata and by the scalar loop: the pair whose ratio is reported.</summary>
internal abstract class KernelCase
{
    // A sum of 50,257 float32 terms differs in its last digits with the order of the terms.
    private const double RelativeTolerance = 1e-4;

    /// <summary>Key in budgets.json.</summary>
    public abstract string Name { get; }

    /// <summary>Input size in words.</summary>
    public abstract string Size { get; }

    /// <summary>Strata's way.</summary>
    /// <returns>A number that depends on the whole result.</returns>
    public abstract double Strata();

    /// <summary>The scalar loop.</summary>
    /// <returns>The same number, up to rounding.</returns>
    public abstract double ScalarLoop();

    /// <summary>A comparison of speed means something only between equal answers.</summary>
    /// <exception cref="InvalidOperationException">The two ways do not agree.</exception>
    public void RequireAgreement()
    {
        var (strata, scalar) = (Strata(), ScalarLoop());
        if (!(Math.Abs(strata - scalar) <= RelativeTolerance * Math.Max(1, Math.Abs(scalar))))
        {
            throw new InvalidOperationException($"{Name} ({Size}): Strata gives {strata}, the scalar loop {scalar}.");
        }
    }

    /// <summary>Bytes that one call of Strata's way allocates, exact once everything is compiled.</summary>
    public double AllocatedBytes()
    {
        const int calls = 64;
        for (var i = 0; i < calls; i++)
        {
            Strata();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
        {
            Strata();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)calls;
    }
}
