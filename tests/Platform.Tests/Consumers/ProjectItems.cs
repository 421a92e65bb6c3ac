using System.Text.Json;

namespace Strata.Platform.Tests.Consumers;

/// <summary>What a project references, as MSBuild evaluates it.</summary>
internal sealed class ProjectItems
{
    private readonly JsonElement items;

    private ProjectItems(JsonElement items) => this.items = items;

    /// <summary>Evaluates a project with the stand-ins or with the official packages.</summary>
    internal static async Task<ProjectItems> EvaluateAsync(string project, bool officialPackages)
    {
        using var msbuild = DotnetCommand.Start(
            "msbuild",
            project,
            "-getItem:PackageReference",
            "-getItem:PackageDownload",
            "-getItem:ProjectReference",
            "-getItem:Reference",
            $"-p:OfficialPackages={(officialPackages ? "true" : "false")}");
        var output = await msbuild.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await msbuild.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(msbuild.ExitCode == 0, output);
        return new ProjectItems(JsonDocument.Parse(output).RootElement.GetProperty("Items"));
    }

    /// <summary>Items of a type that concern gRPC's run time.</summary>
    internal string[] Grpc(string itemType) => [.. items.GetProperty(itemType).EnumerateArray()
        .Select(item => Path.GetFileName(item.GetProperty("Identity").GetString()!).Replace(".csproj", "", StringComparison.Ordinal))
        .Where(name => name.StartsWith("Grpc.", StringComparison.Ordinal) && name != "Grpc.Tools")
        .Order(StringComparer.Ordinal)];

    /// <summary>Files that raw references point to.</summary>
    internal string[] HintPaths() => [.. items.GetProperty("Reference").EnumerateArray()
        .Select(item => item.GetProperty("HintPath").GetString()!)];
}
