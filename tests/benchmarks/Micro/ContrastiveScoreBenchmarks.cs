using BenchmarkDotNet.Attributes;
using Strata.Benchmarks.Kernels;

namespace Strata.Benchmarks.Micro;

/// <summary>The contrast of two layers' log-probabilities.</summary>
[MemoryDiagnoser]
public class ContrastiveScoreBenchmarks
{
    private KernelCase _kernel = null!;

    /// <summary>Classes: 28 labels are computed in double, a vocabulary in float.</summary>
    [Params(KernelCases.LabelCount, KernelCases.VocabularySize)]
    public int Width { get; set; }

    /// <summary>Makes the input, and checks that both ways agree.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _kernel = KernelCases.ContrastiveScore(Width);
        _kernel.RequireAgreement();
    }

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public double ScalarLoop() => _kernel.ScalarLoop();

    /// <summary>The kernel.</summary>
    [Benchmark]
    public double Strata() => _kernel.Strata();
}
