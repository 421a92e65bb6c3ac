using System.Runtime.CompilerServices;

// Kernels write a block before they read it; zeroing 8 KiB would cost a label set more than its maths.
[module: SkipLocalsInit]

namespace Strata.Decoding.Numerics;

/// <summary>How kernels that need an intermediate vector avoid allocating one: they walk the input in blocks on the stack.</summary>
internal static class Block
{
    /// <summary>Elements per block: 4 KiB of doubles stays in the first-level cache, and amortises the calls into
    /// TensorPrimitives.</summary>
    public const int Length = 512;
}
