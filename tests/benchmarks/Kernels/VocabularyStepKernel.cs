using System.Numerics.Tensors;
using Strata.Decoding.Contrast;
using Strata.Decoding.Numerics;

namespace Strata.Benchmarks.Kernels;

/// <summary>One contrastive step over two layers of GPT-2's vocabulary, float32: log-softmax, Jensen-Shannon, plausibility, contrast, softmax.</summary>
internal sealed class VocabularyStepKernel : KernelCase
{
    public const int VocabularySize = 50_257;

    private readonly float[] _expertLogits = RandomLogits.Next<float>(1, VocabularySize);
    private readonly float[] _amateurLogits = RandomLogits.Next<float>(2, VocabularySize);
    private readonly float[] _expertLogProbs = new float[VocabularySize];
    private readonly float[] _amateurLogProbs = new float[VocabularySize];
    private readonly float[] _expertProbs = new float[VocabularySize];
    private readonly float[] _amateurProbs = new float[VocabularySize];
    private readonly bool[] _plausible = new bool[VocabularySize];
    private readonly float[] _scores = new float[VocabularySize];

    public override string Name => "VocabularyStep";

    public override string Size => $"2 x {VocabularySize} Single";

    public override double Strata()
    {
        LogSoftmax.Compute<float>(_expertLogits, _expertLogProbs);
        LogSoftmax.Compute<float>(_amateurLogits, _amateurLogProbs);
        TensorPrimitives.Exp<float>(_expertLogProbs, _expertProbs);
        TensorPrimitives.Exp<float>(_amateurLogProbs, _amateurProbs);
        var divergence = JensenShannonDivergence.Compute<float>(_expertProbs, _expertLogProbs, _amateurProbs, _amateurLogProbs);
        Plausibility.Mark<float>(_expertLogProbs, 0.1, _plausible);
        ContrastiveScore.Compute<float>(_expertLogProbs, _amateurLogProbs, _plausible, 0.5f, _scores);
        Softmax.Compute<float>(_scores, _scores);
        return divergence + TensorPrimitives.Max<float>(_scores);
    }

    public override double ScalarLoop()
    {
        ScalarLoops.LogSoftmax<float>(_expertLogits, _expertLogProbs);
        ScalarLoops.LogSoftmax<float>(_amateurLogits, _amateurLogProbs);
        ScalarLoops.Exp<float>(_expertLogProbs, _expertProbs);
        ScalarLoops.Exp<float>(_amateurLogProbs, _amateurProbs);
        var divergence = ScalarLoops.JensenShannon<float>(_expertProbs, _amateurProbs);
        ScalarLoops.MarkPlausible<float>(_expertLogProbs, 0.1, _plausible);
        ScalarLoops.ContrastiveScore<float>(_expertLogProbs, _amateurLogProbs, _plausible, 0.5f, _scores);
        ScalarLoops.Softmax<float>(_scores, _scores);
        return divergence + _scores[ScalarLoops.IndexOfMax<float>(_scores)];
    }
}
