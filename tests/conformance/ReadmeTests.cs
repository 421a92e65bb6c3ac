using System.Text.RegularExpressions;
using Strata.Conformance.Tests.Clients;
using Strata.Conformance.Tests.Servers;
using Strata.Services.Tests;

namespace Strata.Conformance.Tests;

/// <summary>The code of the READMEs runs against a running pair and prints what it is there to print.</summary>
[Collection(ConformanceCollection.Name)]
public sealed class ReadmeTests(ConformanceFixture fixture, ReadmeServer server) : IClassFixture<ReadmeServer>
{
    private static readonly string[] _contextAndSwap = ["Positive", "not swapped:", "SWAP_DISABLED"];

    [Theory]
    [InlineData("csharp", "csharp")]
    [InlineData("python", "python")]
    [InlineData("go", "go")]
    [InlineData("node", "js")]
    public void RepositoryReadme_Client_ShowsTheFirstBlockOfItsReadme(string language, string fence) =>
        Assert.Contains(Blocks(language, fence)[0], File.ReadAllText(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);

    [Fact]
    public async Task CSharpReadme_Run_PrintsLabelAndRefusal()
    {
        var program = ClientLanguage.Output(Path.Combine("tests", "conformance", "Readme"), "strata-readme-csharp.dll");
        await AssertPrintsAsync("sadness 0.66", ["2: TEXT_EMPTY", "refused: text", "fine\""], "dotnet", program, server.Decoding, server.Backbone);
    }

    [Fact]
    public async Task PythonReadme_Run_PrintsLabelAndRefusal()
    {
        await fixture.AvailableAsync("python");
        var source = Path.Combine(Repository.Root, "clients", "python", "src");
        var program = $"import sys\nsys.path.insert(0, '{source}')\n"
            + string.Join('\n', Blocks("python", "python"))
                .Replace("127.0.0.1:50051", server.Decoding, StringComparison.Ordinal).Replace("127.0.0.1:50052", server.Backbone, StringComparison.Ordinal);
        await AssertPrintsAsync("sadness", ["2 TEXT_EMPTY", "refused: TEXT_EMPTY", "fine'"], "/usr/bin/python3", "-c", program);
    }

    // Their scripts put the blocks together: a Go program needs a frame, and "@strata/client" a folder that it is known in.
    [Theory]
    [InlineData("go")]
    [InlineData("node")]
    public async Task GoAndNodeReadme_Run_PrintsLabelAndRefusal(string language)
    {
        await fixture.AvailableAsync(language);
        var script = Path.Combine(Repository.Root, "clients", language, "conformance", "readme.sh");
        await AssertPrintsAsync("sadness", ["2 TEXT_EMPTY", "refused: TEXT_EMPTY"], "bash", script, server.Decoding, server.Backbone);
    }

    private static async Task AssertPrintsAsync(string first, string[] then, string program, params string[] arguments)
    {
        var (exitCode, output) = await ProgramRun.RunAsync(program, arguments);
        Assert.True(exitCode == 0, output);
        Assert.StartsWith(first, output, StringComparison.Ordinal);
        Assert.All(then.Concat(_contextAndSwap), text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    private static string[] Blocks(string language, string fence)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "clients", language, "README.md"));
        return [.. Regex.Matches(text, $"(?s)```{fence}\n(.*?)```").Select(match => match.Groups[1].Value)];
    }
}
