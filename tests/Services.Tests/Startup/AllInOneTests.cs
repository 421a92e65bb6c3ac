using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Strata.Services.Tests.Startup;

/// <summary>The quick start: it answers, it stops on Ctrl-C, and each way it can fail to start is one sentence and exit code 1.</summary>
public sealed class AllInOneTests
{
    [Fact]
    public async Task Start_FreePorts_DecodesASentenceThroughBothServices()
    {
        using var process = AllInOneProcess.Start("--once", "--port", "0", "--backbone-port", "0", "--text", "thank you so much, this made my day");
        var (exitCode, output, error) = await AllInOneProcess.RunAsync(process);
        Assert.True(exitCode == 0, error);
        Assert.Contains("gratitude", output, StringComparison.Ordinal);
        Assert.Contains("amateur layer", output, StringComparison.Ordinal);
        Assert.Contains("decoded", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FreshHome_LeavesNoReportsForTheRuntimesMakers()
    {
        var home = Directory.CreateTempSubdirectory("strata-home-").FullName;
        var environment = new Dictionary<string, string> { ["HOME"] = home, ["XDG_CACHE_HOME"] = "" };
        using var process = AllInOneProcess.Start(environment, "--once", "--port", "0", "--backbone-port", "0");
        var (exitCode, _, error) = await AllInOneProcess.RunAsync(process);
        Assert.True(exitCode == 0, error);
        Assert.DoesNotContain(Directory.EnumerateFiles(home, "*", SearchOption.AllDirectories), file => file.Contains("onnxruntime", StringComparison.Ordinal));
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task CtrlC_WhileServing_StopsWithExitCodeZero()
    {
        using var process = AllInOneProcess.Start("--port", "0", "--backbone-port", "0");
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Ctrl-C", StringComparison.Ordinal))
        {
        }

        using (var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("--port", "--backbone-port")]
    [InlineData("--backbone-port", "--port")]
    public async Task Start_BusyPort_SaysWhichOptionAndExitsWithOne(string busy, string free)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var process = AllInOneProcess.Start(busy, $"{port}", free, "0");
        await AssertOneSentenceAsync(process, $"{port}", busy);
    }

    [Fact]
    public async Task Start_MissingModel_SaysSoAndExitsWithOne()
    {
        using var process = AllInOneProcess.Start("--port", "0", "--backbone-port", "0", "--model", "no-such-folder");
        await AssertOneSentenceAsync(process, "no-such-folder");
    }

    [Fact]
    public async Task Start_WithoutIcu_SaysSoAndExitsWithOne()
    {
        var environment = new Dictionary<string, string> { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" };
        using var process = AllInOneProcess.Start(environment, "--port", "0", "--backbone-port", "0");
        await AssertOneSentenceAsync(process, "ICU", "libicu", "InvariantGlobalization");
    }

    [Fact]
    public async Task Start_TextTheModelRefuses_SaysSoAndExitsWithOne()
    {
        using var process = AllInOneProcess.Start("--port", "0", "--backbone-port", "0", "--text", string.Join(' ', Enumerable.Repeat("word", 100)));
        await AssertOneSentenceAsync(process, "CONTEXT_TOO_LONG");
    }

    [Fact]
    public async Task Start_MissingNativeLibrary_SaysSoAndExitsWithOne()
    {
        var copy = Directory.CreateTempSubdirectory("strata-no-native-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(Repository.Output("AllInOne")).Where(file => !Path.GetFileName(file).Contains("libonnxruntime", StringComparison.Ordinal)))
            {
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }

            using var process = AllInOneProcess.StartProgram(
                Path.Combine(copy, "strata-all-in-one.dll"), "--port", "0", "--backbone-port", "0", "--model", Repository.EmotionModel);
            await AssertOneSentenceAsync(process, "onnxruntime");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static async Task AssertOneSentenceAsync(Process process, params string[] mentions)
    {
        var (exitCode, output, error) = await AllInOneProcess.RunAsync(process);
        Assert.Empty(output);
        var sentence = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), line => !line.Contains(" ... ", StringComparison.Ordinal));
        Assert.Equal(1, exitCode);
        Assert.All(mentions, mention => Assert.Contains(mention, sentence, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
