using Strata.Services.Tests;

namespace Strata.Conformance.Tests.Clients;

/// <summary>A client of the suite: how its executor is prepared and started.</summary>
/// <param name="Name">Name in reports and of its known-failing list.</param>
/// <param name="Folder">Its folder below <c>clients/</c>; what STRATA_REQUIRE_CLIENTS names.</param>
/// <param name="Arguments">Further arguments of the executor.</param>
internal sealed record ClientLanguage(string Name, string Folder, params string[] Arguments)
{
    // The first is the one that the others are compared with.
    public static IReadOnlyList<ClientLanguage> All { get; } =
    [
        new("csharp", "csharp"),
        new("python", "python"),
        new("python-asyncio", "python", "--asyncio"),
        new("go", "go"),
        new("node", "node"),
    ];

    /// <summary>What its executor is written in.</summary>
    public Toolchain Toolchain => new(Folder, Path.Combine("clients", Folder, "conformance"));

    /// <summary>The program to start, with its first arguments.</summary>
    public string[] Command => Folder == "csharp"
        ? ["dotnet", Output(Path.Combine("clients", "csharp", "conformance"), "strata-conformance-csharp.dll")]
        : ["bash", Toolchain.Script("run.sh"), .. Arguments];

    /// <summary>Builds what the executor needs.</summary>
    /// <returns>Null if it is ready, else why this language is skipped.</returns>
    public Task<string?> PrepareAsync() => Folder == "csharp" ? Task.FromResult<string?>(null) /* built with this project */ : Toolchain.PrepareAsync();

    /// <summary>A file in the build output of a project, of the configuration that these tests were built in.</summary>
    public static string Output(string project, string file)
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory); // bin/CONFIGURATION/FRAMEWORK
        return Path.Combine(Repository.Root, project, "bin", mine.Parent!.Name, mine.Name, file);
    }
}
