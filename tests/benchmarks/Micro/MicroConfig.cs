using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Strata.Benchmarks.Micro;

/// <summary>How the benchmarks run: ten iterations of a quarter of a second, in this process. BenchmarkDotNet's own processes are built
/// from a project file that must be called like the assembly, which ours is not.</summary>
internal static class MicroConfig
{
    public static IConfig Create() => DefaultConfig.Instance.AddJob(Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithWarmupCount(4)
        .WithIterationCount(10)
        .WithIterationTime(TimeInterval.FromMilliseconds(250))
        .WithId("InProcess"));
}
