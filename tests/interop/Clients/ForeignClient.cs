using Strata.Conformance.Tests.Clients;
using Strata.Interop.Tests.Cases;

namespace Strata.Interop.Tests.Clients;

/// <summary>A client program of another language, which runs any number of cases in one process.</summary>
internal static class ForeignClient
{
    /// <summary>Runs <c>run.sh client ADDRESS CASE...</c>, which prints a line per case.</summary>
    /// <returns>What it said of each case, in order.</returns>
    public static async Task<IReadOnlyList<CaseOutcome>> RunAsync(Toolchain toolchain, string authority, IReadOnlyList<string> cases)
    {
        var (exitCode, output) = await ProgramRun.RunAsync("bash", [toolchain.Script("run.sh"), "client", authority, .. cases]);
        Assert.True(exitCode == 0, $"The {toolchain.Language} client ended with {exitCode}:\n{output}");
        var outcomes = CaseOutcome.ParseAll(output);
        Assert.Equal(cases, outcomes.Select(outcome => outcome.Name));
        return outcomes;
    }
}
