using Google.Protobuf;
using Strata.Contracts.Decoding.V1;

namespace Strata.Cli.Tests;

/// <summary><c>strata explain</c> as one reads it at several widths, and as a program does.</summary>
public sealed class ExplainCommandTests(CliFixture pair) : IClassFixture<CliFixture>
{
    private const string Text = "I have no idea what to say";

    [Theory]
    [InlineData(60, 2, false, false)]
    [InlineData(80, 3, false, true)]
    [InlineData(100, 4, true, true)]
    [InlineData(120, 5, true, true)]
    public async Task Explain_Width_HasARowForEachLayerAndFits(int columns, int labels, bool entropy, bool distances)
    {
        var (exitCode, output, error) = await pair.StrataAsync(["explain", Text], "", ("COLUMNS", $"{columns}"));
        Assert.Equal((0, ""), (exitCode, error));
        var lines = output.Split('\n');
        Assert.Equal(Text, lines[0].TrimEnd());
        Assert.StartsWith("confusion 0.", lines[1]);
        Assert.Contains("amateur layer 1, target layer 12, beta 0.222, alpha 0.1", string.Join(' ', lines.Select(line => line.Trim())));
        for (var layer = 0; layer <= 10; layer++)
        {
            Assert.Single(lines, line => line.StartsWith($"{layer,7} │", StringComparison.Ordinal));
        }

        Assert.Single(lines, line => line.StartsWith("     10 │ confusion expert", StringComparison.Ordinal));
        Assert.Single(lines, line => line.StartsWith("      1 │ neutral amateur", StringComparison.Ordinal));
        Assert.Contains("confusion decoded", output);
        var header = lines.Single(line => line.StartsWith("  layer │", StringComparison.Ordinal)).Split('│', StringSplitOptions.TrimEntries);
        Assert.Equal(2 + labels + (entropy ? 1 : 0) + (distances ? 1 : 0), header.Length);
        Assert.Equal((entropy, distances), (header.Contains("entropy"), header.Contains("distance")));
        Assert.InRange(lines.Max(line => line.Length), columns - 8, columns);
        Assert.DoesNotContain('\x1b', output);
    }

    [Fact]
    public async Task Explain_Json_IsAMessageALine()
    {
        var (_, output, _) = await pair.StrataAsync("explain", Text, "--json");
        var messages = output.TrimEnd().Split('\n').Select(JsonParser.Default.Parse<ExplainStreamResponse>).ToArray();
        Assert.Equal(13, messages.Length);
        Assert.Equal("confusion", messages[^1].Outcome.Result.Label);
    }

    [Fact]
    public async Task Explain_PlainMethod_HasNoAmateur()
    {
        var (exitCode, output, _) = await pair.StrataAsync("explain", Text, "--method", "plain");
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("amateur", output);
    }
}
