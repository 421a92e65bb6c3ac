using System.Text.Json.Nodes;
using Google.Protobuf;
using Strata.Contracts.Backbone.V1;

namespace Strata.Cli.Tests;

/// <summary><c>strata models</c>, <c>swap</c> and <c>health</c>.</summary>
public sealed class ModelCommandTests(CliFixture pair) : IClassFixture<CliFixture>
{
    [Fact]
    public async Task Models_Backbone_ListsWhatItHosts()
    {
        var (exitCode, output, error) = await pair.StrataAsync("models");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches("emotion +│ strata-encoder +│ 10 ", output);
        var json = (await pair.StrataAsync("models", "--json")).Output.TrimEnd().Split('\n').Select(JsonParser.Default.Parse<Model>);
        Assert.Equal(["emotion", "icl", "loaded", "spare"], json.Select(model => model.Name));
    }

    [Fact]
    public async Task Models_Backbones_ListsWhatDecodingReaches()
    {
        var (exitCode, output, _) = await pair.StrataAsync("models", "--backbones");
        Assert.Equal(0, exitCode);
        Assert.Contains("emotion default", output);
    }

    [Fact]
    public async Task Swap_GoodThenBadFolder_SwapsThenKeepsTheNewOne()
    {
        var swapped = await pair.StrataAsync("swap", "spare", "emotion-2");
        Assert.Equal(0, swapped.ExitCode);
        Assert.StartsWith("spare is generation 2 now", swapped.Output);
        Assert.Contains("loading emotion-2 beside generation 1", swapped.Error);

        var refused = await pair.StrataAsync("swap", "spare", "cut");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("spare was not swapped; the old model serves on.", refused.Error);
        Assert.Contains("MODEL_INVALID", refused.Error);

        var stages = (await pair.StrataAsync("swap", "spare", "emotion-2", "--json")).Output.TrimEnd().Split('\n').Select(JsonParser.Default.Parse<SwapModelResponse>).ToArray();
        Assert.Equal((SwapStage.Loading, SwapStage.Done, 3), (stages[0].Stage, stages[^1].Stage, stages[^1].Model.Generation));
    }

    [Fact]
    public async Task Swap_TwentyTimesUnderBench_FailsNoCall()
    {
        using var bench = StrataProcess.Start(["bench", "layers", "-b", "loaded", "-c", "4", "-d", "10m", "--json"], ("STRATA_BACKBONE_ADDRESS", pair.Backbone));
        for (var swap = 0; swap < 20; swap++)
        {
            var (exitCode, output, error) = await pair.StrataAsync("swap", "loaded", swap % 2 == 0 ? "emotion-2" : "emotion-3");
            Assert.True(exitCode == 0, error);
            Assert.StartsWith($"loaded is generation {swap + 2} now", output);
        }

        StrataProcess.Interrupt(bench);
        var report = JsonNode.Parse(await bench.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken))!;
        await bench.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, 0), (bench.ExitCode, report["errors"]!.GetValue<int>()));
        Assert.InRange(report["answered"]!.GetValue<int>(), 20, int.MaxValue);
    }

    [Fact]
    public async Task Swap_UnknownModel_NamesTheHostedOnes()
    {
        var (exitCode, _, error) = await pair.StrataAsync("swap", "nobody", "emotion-2");
        Assert.Equal(1, exitCode);
        Assert.Contains("hosted are emotion, icl, loaded, spare", error);
        Assert.DoesNotContain("serves on", error);
    }

    [Fact]
    public async Task Health_OneServiceGone_Fails()
    {
        Assert.Equal(0, (await pair.StrataAsync("health")).ExitCode);
        var (exitCode, output, _) = await pair.StrataAsync("health", "--backbone-address", "127.0.0.1:1");
        Assert.Equal(3, exitCode);
        Assert.Contains("Backbone at 127.0.0.1:1: UNREACHABLE", output);
    }

    [Fact]
    public async Task Health_AddressesTheWrongWayRound_Fails()
    {
        var (exitCode, output, _) = await pair.StrataAsync("health", "--address", pair.Backbone, "--backbone-address", pair.Decoding);
        Assert.Equal(1, exitCode);
        Assert.Contains($"Decoding at {pair.Backbone}: SERVICE_NOT_FOUND", output);
        Assert.Contains($"Backbone at {pair.Decoding}: SERVICE_NOT_FOUND", output);
    }

    [Theory]
    [InlineData(60, 5)]
    [InlineData(80, 6)]
    [InlineData(120, 9)]
    public async Task Models_Width_LeavesOutColumnsAndBreaksNoCell(int width, int columns)
    {
        var (_, output, _) = await pair.StrataAsync(["models"], "", ("COLUMNS", $"{width}"));
        var rows = output.Split('\n').Where(line => line.Contains('│', StringComparison.Ordinal)).ToArray();
        Assert.Equal(5, rows.Length);
        Assert.All(rows, row => Assert.Equal(columns, row.Split('│').Length));
        Assert.Contains("generation", rows[0]);
        Assert.Contains("fingerprint", rows[0]);
    }
}
