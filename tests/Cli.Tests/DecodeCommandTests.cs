using System.Diagnostics;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Tests;

/// <summary><c>strata decode</c> against a running pair.</summary>
public sealed class DecodeCommandTests(CliFixture pair) : IClassFixture<CliFixture>
{
    private const string Sad = "You can't change who people are, but you can love them #sadly";

    [Fact]
    public async Task Decode_OneText_PrintsTheDecision()
    {
        var (exitCode, output, error) = await pair.StrataAsync("decode", Sad);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith("sadness 0.", output);
        Assert.DoesNotContain('\x1b', output);
    }

    [Fact]
    public async Task Decode_Json_IsTheMessage()
    {
        var (_, output, _) = await pair.StrataAsync("decode", Sad, "--json");
        var response = JsonParser.Default.Parse<DecodeResponse>(output);
        Assert.Equal("sadness", response.Result.Label);
    }

    [Fact]
    public async Task Decode_Options_ReachTheServer()
    {
        string[] options = ["--method", "contrastive", "--layer-selection", "fixed", "--amateur-layer", "3", "--candidate-layers", "2-5", "--alpha", "0.2", "--beta", "0.5", "--label", "joy", "--label", "sadness"];
        var (exitCode, output, error) = await pair.StrataAsync(["decode", Sad, "--json", .. options]);
        Assert.Equal((0, ""), (exitCode, error));
        var response = JsonParser.Default.Parse<DecodeResponse>(output);
        Assert.Equal((Method.Contrastive, 3, 0.2, 0.5), (response.Effective.Method, response.Result.AmateurLayer, response.Effective.PlausibilityAlpha, response.Result.Beta));
        Assert.Equal(["joy", "sadness"], response.Result.Scores.Select(score => score.Label));
    }

    [Fact]
    public async Task Decode_ManyLinesWithABadOne_AnswersInOrderAndFails()
    {
        var (exitCode, output, _) = await pair.StrataAsync(["decode", "-", "--json"], "I am fine\n\nThis is awful\n");
        Assert.Equal(1, exitCode);
        var lines = output.TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal([0, 1, 2], lines.Select(line => line["index"]!.GetValue<int>()));
        Assert.Equal("approval", lines[0]["response"]!["result"]!["label"]!.GetValue<string>());
        Assert.Equal("TEXT_EMPTY", lines[1]["error"]!["reason"]!.GetValue<string>());
        Assert.NotNull(lines[2]["response"]);
    }

    [Fact]
    public async Task Decode_FileOfThousandLines_AnswersThemAll()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 1000).Select(i => $"text number {i}"), TestContext.Current.CancellationToken);
        var (exitCode, output, error) = await pair.StrataAsync("decode", "--file", file);
        File.Delete(file);
        Assert.Equal((0, ""), (exitCode, error));
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal(1000, lines.Length);
        Assert.EndsWith("text number 999", lines[^1]);
    }

    [Fact]
    public async Task Decode_PipeAsFile_AnswersItsLines()
    {
        var pipe = Path.Combine(Directory.CreateTempSubdirectory("strata-pipe-").FullName, "texts");
        using (var make = Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var decoding = pair.StrataAsync("decode", "--file", pipe);
        await File.WriteAllTextAsync(pipe, "I am fine\nThis is awful\n", TestContext.Current.CancellationToken);
        var (exitCode, output, error) = await decoding;
        Directory.Delete(Path.GetDirectoryName(pipe)!, recursive: true);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(2, output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Decode_LongTextsPiped_StayOnOneLineEach()
    {
        var text = string.Join(' ', Enumerable.Repeat("wonderful", 30));
        var (_, output, _) = await pair.StrataAsync("decode", text, "[red]");
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.EndsWith(text, lines[0]);
        Assert.EndsWith("[red]", lines[1]);
    }

    [Fact]
    public async Task Decode_FileOfOneLine_HasTheFormOfALongerOne()
    {
        var (_, output, _) = await pair.StrataAsync(["decode", "-", "--json"], "I am fine\n");
        Assert.Equal(0, JsonNode.Parse(output)!["index"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("decode", "x", "--method", "wrong", "--json")]
    [InlineData("decode", "--json")]
    [InlineData("dcode", "--json")]
    public async Task WrongUsage_Json_IsAnObjectOnStandardError(params string[] arguments)
    {
        var (exitCode, output, error) = await pair.StrataAsync(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.NotEmpty(JsonNode.Parse(error)!["message"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(2, "Give a text", "decode")]
    [InlineData(2, "texts or -", "decode", "x", "-")]
    [InlineData(1, "--timeout SECONDS", "decode", "x", "--timeout", "0.000001")]
    [InlineData(1, "strata context list", "decode", "x", "--context", "gone")]
    [InlineData(2, "There is no option --methd", "decode", "--methd", "plain", "x")]
    [InlineData(2, "none of plain, contrastive, extrapolation", "decode", "x", "--method", "wrong")]
    [InlineData(2, "write FIRST-LAST", "decode", "x", "--candidate-layers", "few")]
    [InlineData(2, "no file /nowhere.txt", "decode", "--file", "/nowhere.txt")]
    [InlineData(2, "not both", "decode", "x", "--file", "/nowhere.txt")]
    [InlineData(2, "give one of them", "decode", "x", "--target-layer", "12", "--target-layers-beyond", "2")]
    [InlineData(2, "has no name", "decode", "x", "--label", "=y")]
    [InlineData(2, "is no address", "decode", "x", "--address", "ftp://x")]
    [InlineData(2, "is plain text, but", "decode", "x", "--address", "http://127.0.0.1:1", "--tls")]
    [InlineData(2, "nowhere.pem", "decode", "x", "--ca", "/nowhere.pem")]
    [InlineData(2, "Unrecognized command", "dcode")]
    [InlineData(2, "Commands are up, decode,", "dcode", "x")]
    [InlineData(2, "--alpha seven: write a number.", "decode", "x", "--alpha", "seven")]
    [InlineData(2, "--amateur-layer 1.5: write a whole number.", "decode", "x", "--amateur-layer", "1.5")]
    [InlineData(2, "--timeout soon: write a number.", "decode", "x", "--timeout", "soon")]
    [InlineData(2, "--timeout 0: write seconds above 0.", "decode", "x", "--timeout", "0")]
    [InlineData(2, "--in-flight 0: write 1 or more.", "decode", "x", "--in-flight", "0")]
    [InlineData(3, "cannot be reached with TLS", "decode", "x", "--tls")]
    [InlineData(1, "TEXT_EMPTY: ", "decode", "")]
    [InlineData(1, "configured are emotion, icl", "decode", "x", "--backbone", "nobody")]
    [InlineData(1, "ALPHA_OUT_OF_RANGE", "decode", "x", "--alpha", "2")]
    [InlineData(1, "CONTEXT_NOT_FOUND", "decode", "x", "--context", "none")]
    [InlineData(3, "strata up", "decode", "x", "--address", "127.0.0.1:1")]
    public async Task WrongCommand_SaysWhatToDo(int expected, string sentence, params string[] arguments)
    {
        var (exitCode, output, error) = await pair.StrataAsync(arguments);
        Assert.Equal((expected, ""), (exitCode, output));
        Assert.Contains(sentence, error);
        Assert.DoesNotContain("   at ", error);
    }

    [Theory]
    [InlineData("decode", "x")]
    [InlineData("explain", "x")]
    [InlineData("models", "--backbones")]
    public async Task Address_OfBackbone_SaysWhichOptionIsWhose(params string[] arguments)
    {
        var (exitCode, output, error) = await pair.StrataAsync([.. arguments, "--address", pair.Backbone]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.StartsWith($"{pair.Backbone} answers, but does not know this call", error);
        Assert.Contains("--backbone-address is Backbone's", error);
    }

    [Fact]
    public async Task Decode_InputWithByteOrderMark_IsReadWithoutIt()
    {
        var (exitCode, output, error) = await pair.StrataAsync(["decode", "-"], "\uFEFFI am fine\r\nThis is awful");
        Assert.Equal((0, ""), (exitCode, error));
        var lines = output.TrimEnd().Split('\n');
        Assert.EndsWith("  I am fine", lines[0]);
        Assert.EndsWith("  This is awful", lines[1]);
    }

    [Fact]
    public async Task Decode_ReaderLeaves_EndsBeforeItsInput()
    {
        using var process = await StartWithAnAnswerAsync();
        process.StandardOutput.Close();
        await process.StandardInput.WriteAsync("This is awful\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((ExitCodes.ReaderLeft, ""), (process.ExitCode, error));
    }

    [Fact]
    public async Task WrongCommand_Json_IsAnObjectOnStandardError()
    {
        var (exitCode, output, error) = await pair.StrataAsync("decode", "x", "--alpha", "2", "--json");
        Assert.Equal((1, ""), (exitCode, output));
        var failure = JsonNode.Parse(error)!;
        Assert.Equal(("INVALID_ARGUMENT", "ALPHA_OUT_OF_RANGE"), (failure["code"]!.GetValue<string>(), failure["reason"]!.GetValue<string>()));
        Assert.Equal("parameters.plausibility_alpha", failure["violations"]![0]!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Decode_TextThatLooksLikeAnOption_IsDecodedAfterTwoDashes()
    {
        var (exitCode, _, error) = await pair.StrataAsync("decode", "--", "--what");
        Assert.Equal((0, ""), (exitCode, error));
    }

    [Fact]
    public async Task Decode_CtrlCWhileItWaitsForInput_EndsQuietly()
    {
        using var process = await StartWithAnAnswerAsync();
        StrataProcess.Interrupt(process);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, ""), (process.ExitCode, error));
    }

    /// <summary>Has decided one line of its standard input and waits for the next.</summary>
    private async Task<Process> StartWithAnAnswerAsync()
    {
        var process = StrataProcess.Start(["decode", "-"], ("STRATA_ADDRESS", pair.Decoding));
        await process.StandardInput.WriteAsync("I am fine\n");
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("approval", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return process;
    }
}
