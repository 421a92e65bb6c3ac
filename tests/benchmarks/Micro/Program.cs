using BenchmarkDotNet.Running;
using Strata.Benchmarks.Kernels;
using Strata.Benchmarks.Micro;

// The gate first: it takes a second, does not depend on the machine, and needs no benchmark.
var violations = AllocationGate.Run(Budgets.Read());
if (args is ["--budgets"])
{
    return violations;
}

var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, MicroConfig.Create());
return violations + summaries.Count(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success));
