using System.Numerics;
using Strata.Decoding.Contrast;

namespace Strata.Benchmarks.Kernels;

/// <summary>The contrast of two layers' log-probabilities under a plausibility mask, [width], beta 0.5.</summary>
internal sealed class ContrastiveScoreKernel<T> : KernelCase where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _expert;
    private readonly T[] _amateur;
    private readonly bool[] _plausible;
    private readonly T[] _scores;
    private readonly int _best;

    public ContrastiveScoreKernel(int width)
    {
        _expert = RandomLogits.NextLogProbs<T>(1, width);
        _amateur = RandomLogits.NextLogProbs<T>(2, width);
        _scores = new T[width];
        _plausible = new bool[width];
        ScalarLoops.MarkPlausible<T>(_expert, 0.1, _plausible);
        _best = ScalarLoops.IndexOfMax<T>(_expert);
    }

    public override string Name => "ContrastiveScore";

    public override string Size => $"{_scores.Length} {typeof(T).Name}";

    public override double Strata()
    {
        ContrastiveScore.Compute(_expert, _amateur, _plausible, T.CreateChecked(0.5), _scores.AsSpan());
        return double.CreateChecked(_scores[_best]);
    }

    public override double ScalarLoop()
    {
        ScalarLoops.ContrastiveScore(_expert, _amateur, _plausible, T.CreateChecked(0.5), _scores.AsSpan());
        return double.CreateChecked(_scores[_best]);
    }
}
