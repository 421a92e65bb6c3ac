using System.Text.Json.Nodes;

namespace Strata.Cli.Tests;

/// <summary><c>strata up</c> as a process of its own.</summary>
public sealed class UpCommandTests
{
    [Fact]
    public async Task Up_CtrlC_StopsBothAndSucceeds()
    {
        var data = Directory.CreateTempSubdirectory("strata-data-");
        using var process = StrataProcess.Start(["up", "--port", "0", "--backbone-port", "0", "--data", data.FullName, "--json"]);
        var addresses = JsonNode.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!)!;
        var decoded = await StrataProcess.RunAsync(["decode", "I am fine", "--address", addresses["decoding"]!.GetValue<string>()]);
        Assert.StartsWith("approval", decoded.Output);
        StrataProcess.Interrupt(process);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        var notes = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.All(notes.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("loading the models", line));
        Assert.Equal(3, (await StrataProcess.RunAsync(["decode", "x", "--address", addresses["decoding"]!.GetValue<string>()])).ExitCode);
        data.Delete(recursive: true);
    }

    [Theory]
    [InlineData(2, "write NAME=FOLDER", "up", "--model", "mine")]
    [InlineData(2, "the name mine is given twice", "up", "--model", "mine=/a", "--model", "mine=/b")]
    [InlineData(2, "a port, 0 to 65535", "up", "--port", "99999")]
    [InlineData(1, "no model folder", "up", "--model", "mine=/nowhere")]
    [InlineData(1, "{\"code\":\"FAILED_PRECONDITION\"", "up", "--model", "mine=/nowhere", "--json")]
    public async Task Up_WrongModel_SaysWhatToDo(int expected, string sentence, params string[] arguments)
    {
        var (exitCode, _, error) = await StrataProcess.RunAsync(["up", "--backbone-port", "0", .. arguments.Contains("--port") ? [] : new[] { "--port", "0" }, .. arguments[1..]]);
        Assert.Equal(expected, exitCode);
        Assert.Contains(sentence, error);
        Assert.DoesNotContain("   at ", error);
    }
}
