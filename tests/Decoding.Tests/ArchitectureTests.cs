using Strata.Decoding.Classification;

namespace Strata.Decoding.Tests;

public class ArchitectureTests
{
    [Fact]
    public void Architecture_DecodingReferences_OnlyTheBaseLibraryAndTensors()
    {
        var foreign = typeof(ContrastiveClassifier).Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("System.Net", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }
}
