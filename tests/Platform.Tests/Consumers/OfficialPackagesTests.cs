namespace Strata.Platform.Tests.Consumers;

public sealed class OfficialPackagesTests
{
    private const string Contracts = "tests/Platform.Tests/Contracts/Platform.Tests.Contracts.csproj";
    private const string Host = "tests/Platform.Tests/Host/Platform.Tests.Host.csproj";
    private const string Tests = "tests/Platform.Tests/Platform.Tests.csproj";

    [Theory]
    [InlineData(Contracts, new[] { "Grpc.Core.Api" })]
    [InlineData(Host, new[] { "Grpc.AspNetCore" })]
    [InlineData(Tests, new[] { "Grpc.AspNetCore", "Grpc.Net.Client" })]
    public async Task Consumer_WithOfficialPackages_ReferencesPackagesOnly(string project, string[] packages)
    {
        var items = await ProjectItems.EvaluateAsync(project, officialPackages: true);

        Assert.Equal(packages, items.Grpc("PackageReference"));
        Assert.Empty(items.Grpc("ProjectReference"));
        Assert.Empty(items.Grpc("PackageDownload"));
        Assert.Empty(items.Grpc("Reference"));
    }

    [Theory]
    [InlineData(Contracts, new string[0], new[] { "Grpc.Core.Api" })]
    [InlineData(Host, new[] { "Grpc.AspNetCore.Server" }, new[] { "Grpc.Core.Api", "Grpc.Net.Common" })]
    [InlineData(Tests, new[] { "Grpc.AspNetCore.Server", "Grpc.Net.Client" }, new[] { "Grpc.Core.Api", "Grpc.Net.Common" })]
    public async Task Consumer_ByDefault_ReferencesOfficialAssembliesAndStandIns(string project, string[] official, string[] standIns)
    {
        var items = await ProjectItems.EvaluateAsync(project, officialPackages: false);

        Assert.Empty(items.Grpc("PackageReference"));
        Assert.Equal(official, items.Grpc("PackageDownload"));
        Assert.Equal(official, items.Grpc("Reference"));
        Assert.Equal(standIns, items.Grpc("ProjectReference").Distinct());
        Assert.All(items.HintPaths(), path => Assert.True(File.Exists(path), path));
    }

    [Theory]
    [InlineData("Grpc.Core.Api")]
    [InlineData("Grpc.Net.Common")]
    public async Task StandIn_IsPackable_IsFalse(string standIn)
    {
        using var msbuild = DotnetCommand.Start("msbuild", $"services/Platform/{standIn}/{standIn}.csproj", "-getProperty:IsPackable");

        Assert.Equal("false", (await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
    }
}
