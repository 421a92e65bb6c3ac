using System.Text.Json;
using Strata.Cli.Bench.Report;
using Strata.Cli.Tests.Pair;
using Strata.Client;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Tests.Bench;

/// <summary>A short run of each call against the real pair, by the real process.</summary>
public sealed class BenchCallsTests(PairFixture pair) : IClassFixture<PairFixture>
{
    private const string Text = "thank you so much";
    private const int EmotionLayers = 11; // 0..10

    [Theory]
    [InlineData("decode", 0)]
    [InlineData("decode-stream", 0)]
    [InlineData("explain", EmotionLayers)]
    [InlineData("layers", EmotionLayers)]
    public async Task ClosedLoop_EachCall_AnswersAllAndTimesItsLayers(string call, int layers)
    {
        var report = await ReportAsync(call, "-n", "12", "-c", "3", "--connections", "2", "-w", "2", "--backbone", "emotion", "--text", Text);
        AssertAnswered(report, 12);
        AssertLayers(report, 12, layers);
        Assert.Equal("closed", report.GetProperty("loop").GetString());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("overruns").ValueKind);
    }

    [Theory]
    [InlineData("decode", 0)]
    [InlineData("decode-stream", 0)]
    [InlineData("explain", EmotionLayers)]
    [InlineData("layers", EmotionLayers)]
    public async Task OpenLoop_EachCall_MakesAllCallsThatWereDue(string call, int layers)
    {
        var report = await ReportAsync(call, "--rate", "40", "-d", "250ms", "--backbone", "emotion", "--text", Text);
        AssertAnswered(report, 10);
        AssertLayers(report, 10, layers);
        Assert.Equal(10, report.GetProperty("start_lag_ms").GetProperty("count").GetInt64());
    }

    [Theory]
    [InlineData("decode")]
    [InlineData("decode-stream")]
    [InlineData("explain")]
    public async Task Context_ThatTextsContinue_IsUsed(string call)
    {
        var id = await pair.ContextAsync();
        var report = await ReportAsync(call, "-n", "5", "--backbone", "icl", "--context", id, "--text", "who invented the telephone ?");
        AssertAnswered(report, 5);
        Assert.Equal(id, report.GetProperty("context_id").GetString());
    }

    [Fact]
    public async Task Bytes_OfADecode_AreItsMessagesAndTheirFraming()
    {
        var request = new DecodeRequest { Text = Text, Backbone = "emotion" };
        using var client = StrataClient.Connect(pair.DecodingAddress);
        var response = await client.DecodeAsync(request, cancellation: TestContext.Current.CancellationToken);
        response.Timing = null; // the one part whose size depends on the clock

        var report = await ReportAsync("decode", "-n", "3", "--backbone", "emotion", "--text", Text);
        Assert.Equal(request.CalculateSize() + 5, report.GetProperty("sent_bytes_per_call").GetProperty("min").GetInt64());
        Assert.InRange(report.GetProperty("received_bytes_per_call").GetProperty("min").GetInt64(), response.CalculateSize() + 5, response.CalculateSize() + 5 + 80);
    }

    [Fact]
    public async Task File_OfTwoTexts_SendsThemInTurns()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(file, ["a", "", "a far longer text than the other one"], TestContext.Current.CancellationToken);
            var report = await ReportAsync("decode", "-n", "4", "--file", file);
            var sent = report.GetProperty("sent_bytes_per_call");
            Assert.Equal(2, report.GetProperty("texts").GetInt32());
            var (least, most) = (new DecodeRequest { Text = "a" }.CalculateSize() + 5, new DecodeRequest { Text = "a far longer text than the other one" }.CalculateSize() + 5);
            Assert.Equal((least, most, (least + most) / 2.0), (sent.GetProperty("min").GetInt64(), sent.GetProperty("max").GetInt64(), sent.GetProperty("mean").GetDouble()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Compare_EarlierReport_PrintsRatios()
    {
        var file = Path.GetTempFileName();
        try
        {
            await ReportAsync("decode", "-n", "5", "--out", file);
            Assert.Equal(5, BenchReport.Read(file).Answered);
            var (exitCode, output, error) = await BenchProcess.RunAsync("decode", "-n", "5", "--address", pair.DecodingAddress, "--compare", file);
            Assert.True(exitCode == 0, error);
            Assert.Contains("x earlier", output, StringComparison.Ordinal);
            Assert.Contains("x1.00", output, StringComparison.Ordinal); // the bytes that were sent
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<JsonElement> ReportAsync(params string[] args) =>
        BenchProcess.ReportAsync([.. args, "--address", pair.DecodingAddress, "--backbone-address", pair.BackboneAddress]);

    private static void AssertAnswered(JsonElement report, long calls)
    {
        Assert.True(report.GetProperty("errors").GetInt64() == 0, report.GetProperty("outcomes").GetRawText());
        Assert.Equal(calls, report.GetProperty("answered").GetInt64());
        Assert.Equal(calls, report.GetProperty("latency_ms").GetProperty("count").GetInt64());
    }

    private static void AssertLayers(JsonElement report, long calls, int layers)
    {
        var (first, gap) = (report.GetProperty("first_layer_ms"), report.GetProperty("gap_ms"));
        if (layers == 0)
        {
            Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (first.ValueKind, gap.ValueKind));
            return;
        }

        Assert.Equal((calls, calls * (layers - 1)), (first.GetProperty("count").GetInt64(), gap.GetProperty("count").GetInt64()));
        Assert.True(first.GetProperty("max").GetDouble() <= report.GetProperty("latency_ms").GetProperty("max").GetDouble());
    }
}
