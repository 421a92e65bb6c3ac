using BenchmarkDotNet.Attributes;
using Strata.Benchmarks.Kernels;

namespace Strata.Benchmarks.Micro;

/// <summary>Whole decisions: 24 layers x 28 labels, and one step over two layers of a vocabulary.</summary>
[MemoryDiagnoser]
public class DecideBenchmarks
{
    private KernelCase _kernel = null!;

    /// <summary>Which decision: Decide or VocabularyStep.</summary>
    [Params("Decide", "VocabularyStep")]
    public string Case { get; set; } = "";

    /// <summary>Makes the input, and checks that both ways agree.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _kernel = Case == "Decide" ? new DecideKernel() : new VocabularyStepKernel();
        _kernel.RequireAgreement();
    }

    /// <summary>The baseline.</summary>
    [Benchmark(Baseline = true)]
    public double ScalarLoop() => _kernel.ScalarLoop();

    /// <summary>The kernel.</summary>
    [Benchmark]
    public double Strata() => _kernel.Strata();
}
