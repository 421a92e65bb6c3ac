using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Strata.Cli.Tests.Pair;

namespace Strata.Cli.Tests.Bench;

/// <summary>What a script sees: the exit code of the real process, and one place that says why.</summary>
public sealed class BenchExitCodeTests(PairFixture pair) : IClassFixture<PairFixture>
{
    [Fact]
    public async Task Thresholds_AllKept_ExitWithZero()
    {
        var (exitCode, output, error) = await RunAsync("decode", "-n", "5", "--fail-if", "errors>0", "--fail-if", "p99>1000s");
        Assert.True(exitCode == ExitCodes.Success, error);
        Assert.Contains("kept", output, StringComparison.Ordinal);
        Assert.Equal(80, output.Split('\n').Single(line => line.StartsWith("  latency, ms", StringComparison.Ordinal)).Length);
    }

    [Fact]
    public async Task Thresholds_TwoBreachedOfThree_ExitWithFourAndSayWhichAndByHowMuch()
    {
        var (exitCode, _, error) = await RunAsync("explain", "-n", "5", "--fail-if", "bytes>10", "--fail-if", "errors>0", "--fail-if", "first-layer.p50>0us");
        Assert.Equal(ExitCodes.ThresholdExceeded, exitCode);
        Assert.Contains("breached: bytes>10: measured", error, StringComparison.Ordinal);
        Assert.Contains("above 10 B", error, StringComparison.Ordinal);
        Assert.Contains("breached: first-layer.p50>0us: measured", error, StringComparison.Ordinal);
        Assert.DoesNotContain("errors>0", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_NoneAnswered_ExitWithOneAndTellTheReason()
    {
        var (exitCode, output, _) = await RunAsync("decode", "-n", "3", "-w", "0", "--backbone", "nobody");
        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains("3 NOT_FOUND", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_WithAThreshold_ExitWithFour()
    {
        var (exitCode, output, _) = await RunAsync("decode", "-n", "3", "-w", "0", "--backbone", "nobody", "--fail-if", "errors>0", "--json");
        Assert.Equal(ExitCodes.ThresholdExceeded, exitCode);
        Assert.Equal(3, JsonDocument.Parse(output).RootElement.GetProperty("outcomes")[0].GetProperty("count").GetInt64());
    }

    [Theory]
    [InlineData("METRIC.STATISTIC", "decode", "--fail-if", "p99=20ms")]
    [InlineData("explain", "decode", "--fail-if", "first-layer.p50>2ms")]
    [InlineData("decode-stream", "guess")]
    [InlineData("--duration", "decode", "--rate", "10")]
    [InlineData("--requests", "decode", "--rate", "10", "--duration", "1s", "--requests", "3")]
    [InlineData("30s", "decode", "--duration", "30")]
    [InlineData("poisson", "decode", "--rate", "10", "--duration", "1s", "--schedule", "bursts")]
    [InlineData("--concurrency", "decode", "--connections", "2")]
    [InlineData("Backbone", "layers", "--context", "abc")]
    [InlineData("hidden", "layers", "--readout", "everything")]
    [InlineData("no-such-file", "decode", "--file", "no-such-file")]
    [InlineData("no-such-file", "decode", "--compare", "no-such-file")]
    [InlineData("no-such-file", "decode", "--ca", "no-such-file")]
    [InlineData("{\"code\":\"INVALID_ARGUMENT\"", "decode", "--json", "--fail-if", "p99=20ms")]
    public async Task Usage_ThatCannotBe_ExitsWithTwoAndSaysWhatToWrite(string mention, params string[] args)
    {
        var (exitCode, output, error) = await RunAsync(args);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains(mention, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("decode", "--address")]
    [InlineData("layers", "--backbone-address")]
    public async Task Server_NotThere_ExitsWithThreeAndSaysWhichAddress(string call, string option)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var (exitCode, output, error) = await BenchProcess.RunAsync(call, option, $"127.0.0.1:{port}", "--fail-if", "errors>0");
        Assert.Equal(ExitCodes.Unreachable, exitCode);
        Assert.Contains($"127.0.0.1:{port}", error, StringComparison.Ordinal);
        Assert.Contains(option, error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("decode")]
    [InlineData("decode-stream")]
    [InlineData("decode", "--rate", "50")]
    public async Task CtrlC_DuringARun_PrintsWhatWasMeasured(params string[] args)
    {
        await using var server = await StalledDecoding.StartAsync(answered: 10, TimeSpan.FromHours(1));
        using var process = BenchProcess.Start([.. args, "--duration", "10m", "-w", "0", "--json", "--address", server.Address]);
        await server.Stalled;
        using (var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await interrupt.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var (exitCode, output, error) = await BenchProcess.EndAsync(process);
        Assert.True(exitCode == ExitCodes.Interrupted, $"exit code {exitCode}: {error}");
        var report = JsonDocument.Parse(output).RootElement;
        Assert.True(report.GetProperty("interrupted").GetBoolean());
        Assert.Equal((10, 0), (report.GetProperty("answered").GetInt64(), report.GetProperty("errors").GetInt64()));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args) =>
        BenchProcess.RunAsync([.. args, "--address", new Uri(pair.DecodingAddress).Authority, "--backbone-address", new Uri(pair.BackboneAddress).Authority]);
}
