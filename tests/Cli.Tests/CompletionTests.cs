using System.Diagnostics;

namespace Strata.Cli.Tests;

/// <summary>The completion scripts, the bash one in bash itself.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("strata co", "context completion")]
    [InlineData("strata context ex", "export")]
    [InlineData("strata decode --metho", "--method")]
    [InlineData("strata decode --method p", "plain")]
    [InlineData("strata bench lay", "layers")]
    public async Task Bash_Sourced_CompletesTheLine(string line, string expected)
    {
        var script = (await StrataProcess.RunAsync(["completion", "bash"])).Output;
        var program =
            $"""
            strata() {'{'} dotnet '{Path.Combine(AppContext.BaseDirectory, "strata.dll")}' "$@"; {'}'}
            {script}
            COMP_LINE='{line}'; COMP_POINT={line.Length}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${'{'}#COMP_WORDS[@]{'}'} - 1))
            _strata
            echo "${'{'}COMPREPLY[*]{'}'}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", program]) { RedirectStandardOutput = true })!;
        var completed = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected.Split(' ').Order(), completed.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Theory]
    [InlineData("zsh", "compdef")]
    [InlineData("fish", "complete -c strata")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task OtherShell_HasAScript(string shell, string words) => Assert.Contains(words, (await StrataProcess.RunAsync(["completion", shell])).Output);

    [Fact]
    public async Task UnknownShell_NamesTheKnownOnes()
    {
        var (exitCode, _, error) = await StrataProcess.RunAsync(["completion", "tcsh"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("bash", error);
    }
}
