using System.Numerics;
using Strata.Decoding.Numerics;

namespace Strata.Benchmarks.Kernels;

/// <summary>Jensen-Shannon divergence of two layers' distributions, [width].</summary>
internal sealed class JensenShannonKernel<T> : KernelCase where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T>
{
    private readonly T[] _logP;
    private readonly T[] _logQ;
    private readonly T[] _p;
    private readonly T[] _q;

    public JensenShannonKernel(int width)
    {
        _logP = RandomLogits.NextLogProbs<T>(1, width);
        _logQ = RandomLogits.NextLogProbs<T>(2, width);
        _p = new T[width];
        _q = new T[width];
        ScalarLoops.Exp<T>(_logP, _p);
        ScalarLoops.Exp<T>(_logQ, _q);
    }

    public override string Name => "JensenShannon";

    public override string Size => $"2 x {_p.Length} {typeof(T).Name}";

    public override double Strata() => double.CreateChecked(JensenShannonDivergence.Compute<T>(_p, _logP, _q, _logQ));

    public override double ScalarLoop() => double.CreateChecked(ScalarLoops.JensenShannon<T>(_p, _q));
}
