using System.Diagnostics;

namespace Strata.Cli.Tests.Output;

/// <summary>Standard output that takes nothing.</summary>
public sealed class AnswerStreamTests
{
    [Theory]
    [InlineData("completion bash", "The answers cannot be written: ")]
    [InlineData("--help", "The answers cannot be written: ")]
    [InlineData("--help --json", "{\"code\":\"RESOURCE_EXHAUSTED\"")]
    public async Task Write_NoRoom_FailsWithASentence(string arguments, string sentence)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "strata.dll")}' {arguments} > /dev/full"]) { RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        var error = await bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCodes.Failed, bash.ExitCode);
        Assert.StartsWith(sentence, error);
        Assert.DoesNotContain("   at ", error);
    }
}
