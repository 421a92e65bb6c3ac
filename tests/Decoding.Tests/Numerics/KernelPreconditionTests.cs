using Strata.Decoding.Contrast;
using Strata.Decoding.Numerics;

namespace Strata.Decoding.Tests.Numerics;

public class KernelPreconditionTests
{
    private static readonly double[] None = [];
    private static readonly double[] Two = [0.5, 0.5];
    private static readonly double[] Three = [0.2, 0.3, 0.5];

    public static TheoryData<string, Action<double[], double[]>> PairKernels => new()
    {
        { nameof(LogSoftmax), (a, b) => LogSoftmax.Compute<double>(a, b) },
        { nameof(Softmax), (a, b) => Softmax.Compute<double>(a, b) },
        { nameof(Entropy), (a, b) => Entropy.Compute<double>(a, b) },
        { nameof(CosineDistance), (a, b) => CosineDistance.Compute<double>(a, b) },
        { nameof(JensenShannonDivergence), (a, b) => JensenShannonDivergence.Compute<double>(a, a, b, b) },
        { nameof(JensenShannonDivergence) + ".LogP", (a, b) => JensenShannonDivergence.Compute<double>(a, b, a, a) },
        { nameof(JensenShannonDivergence) + ".LogQ", (a, b) => JensenShannonDivergence.Compute<double>(a, a, a, b) },
        { nameof(MidpointKlDivergence), (a, b) => MidpointKlDivergence.Compute<double>(a, a, b, b) },
        { nameof(MidpointKlDivergence) + ".LogP", (a, b) => MidpointKlDivergence.Compute<double>(a, b, a, a) },
        { nameof(MidpointKlDivergence) + ".LogQ", (a, b) => MidpointKlDivergence.Compute<double>(a, a, a, b) },
        { nameof(Plausibility), (a, b) => Plausibility.Mark<double>(a, 0.1, new bool[b.Length]) },
        { nameof(ContrastiveScore), (a, b) => ContrastiveScore.Compute<double>(a, b, new bool[a.Length], 1, new double[a.Length]) },
        { nameof(ContrastiveScore) + ".Mask", (a, b) => ContrastiveScore.Compute<double>(a, a, new bool[b.Length], 1, new double[a.Length]) },
        { nameof(ContrastiveScore) + ".Scores", (a, b) => ContrastiveScore.Compute<double>(a, a, new bool[a.Length], 1, new double[b.Length]) },
    };

    [Theory, MemberData(nameof(PairKernels), DisableDiscoveryEnumeration = true)]
    public void Kernel_Empty_ThrowsArgumentException(string name, Action<double[], double[]> kernel)
    {
        _ = name;
        Assert.ThrowsAny<ArgumentException>(() => kernel(None, None));
    }

    [Theory, MemberData(nameof(PairKernels), DisableDiscoveryEnumeration = true)]
    public void Kernel_LengthsDiffer_ThrowsArgumentException(string name, Action<double[], double[]> kernel)
    {
        _ = name;
        Assert.ThrowsAny<ArgumentException>(() => kernel(Two, Three));
        Assert.ThrowsAny<ArgumentException>(() => kernel(Three, Two));
    }

    [Fact]
    public void LogSumExp_Empty_ThrowsArgumentException() => Assert.Throws<ArgumentException>(() => LogSumExp.Compute<double>(None));
}
