using Strata.Services.Tests;

namespace Strata.Conformance.Tests.Clients;

/// <summary>A language that programs of these tests are written in, which a machine may lack.</summary>
/// <param name="Language">What STRATA_REQUIRE_CLIENTS names.</param>
/// <param name="Folder">Folder of its <c>prepare.sh</c> and <c>run.sh</c>, from the root of the checkout.</param>
internal sealed record Toolchain(string Language, string Folder)
{
    /// <summary>Exit code of <c>prepare.sh</c> that means: the toolchain is not installed.</summary>
    public const int Missing = 3;

    /// <summary>Names of the languages that may not be skipped, separated by commas.</summary>
    private const string RequiredVariable = "STRATA_REQUIRE_CLIENTS";

    public bool IsRequired => (Environment.GetEnvironmentVariable(RequiredVariable) ?? "").Split(',', StringSplitOptions.TrimEntries).Contains(Language);

    /// <summary>Path of a script in the folder.</summary>
    public string Script(string name) => Path.Combine(Repository.Root, Folder, name);

    /// <summary>Builds what <c>run.sh</c> needs.</summary>
    /// <returns>Null if it is ready, else why this language is skipped.</returns>
    public async Task<string?> PrepareAsync()
    {
        if (!File.Exists(Script("run.sh")))
        {
            return $"{Language}: this checkout has no {Folder}/run.sh.";
        }

        var (exitCode, output) = await ProgramRun.RunAsync("bash", Script("prepare.sh"));
        Assert.True(exitCode is 0 or Missing, $"{Script("prepare.sh")} ended with {exitCode}:\n{output}");
        return exitCode == 0 ? null : output.Trim();
    }

    /// <summary>Fails the test if a required language is missing, skips it if another is.</summary>
    /// <param name="missing">What <see cref="PrepareAsync"/> gave.</param>
    public void Demand(string? missing)
    {
        Assert.False(missing is not null && IsRequired, $"{Language} is required here, but: {missing}");
        Assert.SkipWhen(missing is not null, missing ?? "");
    }
}
