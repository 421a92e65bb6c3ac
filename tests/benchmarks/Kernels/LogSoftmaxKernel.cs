using System.Numerics;
using Strata.Decoding.Numerics;

namespace Strata.Benchmarks.Kernels;

/// <summary>Log-softmax of one layer's logits, [width].</summary>
internal sealed class LogSoftmaxKernel<T>(int width) : KernelCase where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _logits = RandomLogits.Next<T>(1, width);
    private readonly T[] _logProbs = new T[width];

    public override string Name => "LogSoftmax";

    public override string Size => $"{width} {typeof(T).Name}";

    public override double Strata()
    {
        LogSoftmax.Compute<T>(_logits, _logProbs);
        return double.CreateChecked(_logProbs[^1]);
    }

    public override double ScalarLoop()
    {
        ScalarLoops.LogSoftmax<T>(_logits, _logProbs);
        return double.CreateChecked(_logProbs[^1]);
    }
}
