using Strata.Benchmarks.Kernels;

namespace Strata.Benchmarks.Micro;

/// <summary>Holds every kernel to its budget of allocated bytes.</summary>
internal static class AllocationGate
{
    /// <returns>Number of budgets broken.</returns>
    public static int Run(Budgets budgets)
    {
        var broken = 0;
        foreach (var kernel in KernelCases.All())
        {
            kernel.RequireAgreement();
            var bytes = kernel.AllocatedBytes();
            var violation = budgets.Violation(kernel.Name, bytes);
            Console.WriteLine($"{kernel.Name} ({kernel.Size}): {bytes} bytes allocated a call{(violation is null ? "" : " - over budget")}");
            if (violation is not null)
            {
                Console.Error.WriteLine(violation);
                broken++;
            }
        }

        return broken;
    }
}
