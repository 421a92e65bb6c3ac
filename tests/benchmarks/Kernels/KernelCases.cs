namespace Strata.Benchmarks.Kernels;

/// <summary>Every kernel that is measured: a label set in double, GPT-2's vocabulary in float.</summary>
internal static class KernelCases
{
    public const int LabelCount = DecideKernel.ClassCount;
    public const int VocabularySize = VocabularyStepKernel.VocabularySize;

    public static IReadOnlyList<KernelCase> All() =>
    [
        LogSoftmax(LabelCount), LogSoftmax(VocabularySize),
        ContrastiveScore(LabelCount), ContrastiveScore(VocabularySize),
        JensenShannon(LabelCount), JensenShannon(VocabularySize),
        new DecideKernel(),
        new VocabularyStepKernel(),
    ];

    public static KernelCase LogSoftmax(int width) => width == LabelCount ? new LogSoftmaxKernel<double>(width) : new LogSoftmaxKernel<float>(width);

    public static KernelCase ContrastiveScore(int width) => width == LabelCount ? new ContrastiveScoreKernel<double>(width) : new ContrastiveScoreKernel<float>(width);

    public static KernelCase JensenShannon(int width) => width == LabelCount ? new JensenShannonKernel<double>(width) : new JensenShannonKernel<float>(width);
}
