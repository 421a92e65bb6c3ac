using System.Diagnostics;
using Strata.Benchmarks.Kernels;
using Strata.Benchmarks.Load.Report;
using Strata.Benchmarks.Load.Timing;

namespace Strata.Benchmarks.Load.Scenarios;

/// <summary>The kernels against the scalar loop, quickly; Micro measures the same code with BenchmarkDotNet.</summary>
internal static class KernelSpeed
{
    private const double MinSpeedUp = 4;

    // One sample takes at least this long, so that the clock does not matter.
    private const double SampleMilliseconds = 0.2;

    public static async Task<Section> MeasureAsync(Bench bench, Budgets budgets)
    {
        var rows = new List<Row>();
        foreach (var kernel in KernelCases.All())
        {
            kernel.RequireAgreement();
            var calls = CallsPerSample(kernel);
            var comparison = await Interleaved.CompareAsync(
                bench.Pace with { Seconds = bench.Pace.Seconds / 4 },
                bench.Cancellation,
                () => Repeat(kernel.ScalarLoop, calls),
                () => Repeat(kernel.Strata, calls));
            var name = $"{kernel.Name}, {kernel.Size}";
            var microseconds = comparison.Median(1).Median * 1000 / calls;
            rows.Add(comparison.Ratio(0, 1).ToRow($"{name}: scalar loop / Strata", "x", Target.AtLeast(MinSpeedUp)));
            rows.Add(new Row($"{name}: Strata", microseconds, "us"));
            rows.Add(new Row(
                $"{name}: allocated a call",
                kernel.AllocatedBytes(),
                "bytes",
                Target.Budget(budgets.AllocatedBytesPerOperation.GetValueOrDefault(kernel.Name))));
        }

        return new Section("Kernels against a scalar loop", "The same equations, once on TensorPrimitives and once as a plain loop over one number at a time.", rows);
    }

    private static int CallsPerSample(KernelCase kernel)
    {
        var calls = 1;
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            Repeat(kernel.Strata, calls);
            if (Stopwatch.GetElapsedTime(started).TotalMilliseconds >= SampleMilliseconds)
            {
                return calls;
            }

            calls *= 2;
        }
    }

    private static double Repeat(Func<double> call, int times)
    {
        var sum = 0.0;
        for (var i = 0; i < times; i++)
        {
            sum += call();
        }

        return sum;
    }
}
