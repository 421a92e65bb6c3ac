using Strata.Conformance.Tests.Clients;
using Strata.Services.Tests;

namespace Strata.Conformance.Tests;

/// <summary>The Python package's own tests.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class PythonClientTests(ConformanceFixture fixture)
{
    [Fact]
    public async Task PythonPackage_ItsOwnTests_Pass()
    {
        await fixture.AvailableAsync("python");
        var tests = Path.Combine(Repository.Root, "clients", "python", "tests");
        var (exitCode, output) = await ProgramRun.RunAsync("/usr/bin/python3", "-B", "-m", "unittest", "discover", tests);
        Assert.True(exitCode == 0, output);
        Assert.Contains("Ran ", output, StringComparison.Ordinal);
    }
}
